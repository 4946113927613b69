using System.Text.Json;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Transform;

/// <summary>Reads selects with DuckDB's own parser, without running them.</summary>
internal sealed class SqlParser : IDisposable
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2000 };

    private readonly EngineSession session;

    public SqlParser()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        session = new EngineSession(connection);
    }

    /// <summary>What the one select of a file mentions.</summary>
    /// <exception cref="TransformException">It is no single select, or its syntax is wrong.</exception>
    public SqlReferences Read(string file, string text)
    {
        using var tree = JsonDocument.Parse(session.Scalar<string>($"select json_serialize_sql({Sql.Text(text)}::varchar)::varchar"), Deep);
        var root = tree.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            throw new TransformException(Problem(file, text, root));
        }

        return root.GetProperty("statements").GetArrayLength() == 1
            ? SqlReferences.Of(root)
            : throw new TransformException(SqlProblem.In(file, "a file holds exactly one select."));
    }

    /// <summary>The macros that the statements of a file define, with what their bodies mention.</summary>
    /// <exception cref="TransformException">A statement is wrong.</exception>
    public Dictionary<string, SqlReferences> ReadMacros(string file, string text)
    {
        try
        {
            session.Execute(text);
        }
        catch (DuckDBException exception)
        {
            throw new TransformException(SqlProblem.FromEngine(file, text, exception.Message, linesBefore: 0));
        }

        var macros = session.Query(
            "select function_name, macro_definition from duckdb_functions() where not internal and function_type in ('macro', 'table_macro')",
            reader => (Name: reader.GetString(0), Body: reader.GetString(1)));
        return macros.GroupBy(macro => macro.Name, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => Read(file, string.Join(" union all ", group.Select(macro => Select(macro.Body)))),
            StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();

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
