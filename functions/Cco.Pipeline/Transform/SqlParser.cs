using System.Text.Json;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Transform;

/// <summary>
/// Reads selects with DuckDB's own parser, without running them. Macros and contracts do run here, in a database that reaches no file, network or
/// extension, before they run anywhere else.
/// </summary>
internal sealed class SqlParser : IDisposable
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2000 };

    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    private readonly EngineSession session;

    private readonly KnownReferences known;

    public SqlParser()
        : this(KnownReferences.UsersFolder)
    {
    }

    /// <param name="folder">Where it is kept what was parsed before; null: nowhere.</param>
    internal SqlParser(string? folder)
    {
        connection.Open();
        session = new EngineSession(connection);
        session.Execute("set enable_external_access = false");
        session.Execute($"{CalendarMacros.CreateSchemas}; {CalendarMacros.AnySearchPath}");
        known = KnownReferences.Open(folder, connection.ServerVersion);
    }

    /// <summary>Another session of the database, which has the macros and else nothing; for use beside this one.</summary>
    public EngineSession Session()
    {
        var beside = connection.Duplicate();
        beside.Open();
        var other = new EngineSession(beside);
        other.Execute(CalendarMacros.AnySearchPath);
        return other;
    }

    /// <summary>What the one select of each file mentions, in the order of the files. All at once: a query for each would take twice the time.</summary>
    /// <param name="files">The files with their texts.</param>
    /// <param name="problems">Receives those that are no single select, or whose syntax is wrong; what they mention is null.</param>
    public IReadOnlyList<SqlReferences?> Read(IReadOnlyList<(string File, string Text)> files, List<SqlProblem> problems)
    {
        var found = files.Select(file => known.Find(file.Text)).ToList();
        var unknown = new Queue<SqlReferences?>(Parse([.. files.Zip(found).Where(file => file.Second is null).Select(file => file.First)], problems));
        return [.. found.Select(references => references ?? unknown.Dequeue())];
    }

    /// <summary>Keeps what was parsed for the next time.</summary>
    public void Keep() => known.Save();

    private List<SqlReferences?> Parse(IReadOnlyList<(string File, string Text)> files, List<SqlProblem> problems)
    {
        if (files.Count == 0)
        {
            return [];
        }

        using var own = Session();
        var trees = own.Query(
            $"""
            select json_serialize_sql(text, skip_null := true, skip_empty := true, skip_default := true)::varchar
            from unnest([{string.Join(", ", files.Select(file => Sql.Text(file.Text)))}]::varchar[]) as given (text)
            """,
            reader => reader.GetString(0));
        return [.. files.Zip(trees, (file, tree) => Read(file.File, file.Text, tree, problems))];
    }

    /// <summary>Runs the statements of a file that define macros: all of them, or none where one is wrong.</summary>
    /// <exception cref="TransformException">A statement is wrong.</exception>
    public void Define(string file, string text)
    {
        session.Execute("begin transaction");
        try
        {
            session.Execute(text);
            session.Execute("commit");
        }
        catch (EngineException exception)
        {
            session.Execute("rollback");
            throw new TransformException(SqlProblem.FromEngine(file, text, exception.Message, linesBefore: 0));
        }
    }

    /// <summary>What the bodies of all macros that are defined mention.</summary>
    public Dictionary<string, SqlReferences> Macros()
    {
        using var own = Session();
        var macros = own.Query(
            "select function_name, macro_definition from duckdb_functions() where not internal and function_type in ('macro', 'table_macro')",
            reader => (Name: reader.GetString(0), Body: reader.GetString(1)));
        var bodies = macros.GroupBy(macro => macro.Name, macro => Select(macro.Body), StringComparer.Ordinal)
            .Select(macro => (macro.Key, string.Join(" union all ", macro)))
            .ToList();
        var problems = new List<SqlProblem>();
        var references = Read(bodies, problems);
        return problems.Count > 0
            ? throw new TransformException(problems)
            : bodies.Zip(references).ToDictionary(macro => macro.First.Key, macro => macro.Second!, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();

    private SqlReferences? Read(string file, string text, string serialized, List<SqlProblem> problems)
    {
        using var tree = JsonDocument.Parse(serialized, Deep);
        var root = tree.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            problems.Add(Problem(file, text, root));
            return null;
        }

        if (root.GetProperty("statements").GetArrayLength() != 1)
        {
            problems.Add(SqlProblem.In(file, "a file holds exactly one select."));
            return null;
        }

        var references = SqlReferences.Of(root);
        known.Add(text, references);
        return references;
    }

    private static string Select(string body) =>
        body.TrimStart('(', ' ').StartsWith("select", StringComparison.OrdinalIgnoreCase) ? $"(select count(*) from ({body}))" : $"(select {body})";

    private static SqlProblem Problem(string file, string text, JsonElement root)
    {
        var message = root.GetProperty("error_message").GetString()!;
        return root.TryGetProperty("position", out var position) && int.TryParse(position.GetString(), out var at)
            ? SqlProblem.At(file, text, at, message)
            : SqlProblem.In(file, message);
    }
}
