using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Transform;

/// <summary>
/// DuckDB in this process: one database in memory, with as many sessions as there are models being built. Files are its only tables, so
/// what it holds in memory is what it is working on. A session takes longer to prepare than many a model to build, so it is kept for the next one.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly DuckDBConnection first;
    private readonly bool inFile;
    private readonly List<string> preamble = [];
    private readonly ConcurrentBag<EngineSession> idle = [];
    private IReadOnlyList<string> settings = [];
    private EasedSetting? threads;
    private EasedSetting? memory;

    private Engine(DuckDBConnection first, bool inFile, ScratchFolder scratch) => (this.first, this.inFile, Scratch) = (first, inFile, scratch);

    /// <summary>The folder for unfinished files of this engine alone.</summary>
    public ScratchFolder Scratch { get; }

    /// <summary>The version of DuckDB: part of what makes a result.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Opens the engine; its tables are in memory, or in the file of a database that does not exist yet.</summary>
    public static Engine Open(TransformOptions options, string? database = null)
    {
        var scratch = ScratchFolder.Make(options);
        var connection = new DuckDBConnection($"DataSource={database ?? ":memory:"}");
        connection.Open();
        var engine = new Engine(connection, inFile: database is not null, scratch);
        engine.Configure(options);
        return engine;
    }

    /// <summary>A session with the search path and the variables of this engine; nobody else uses it until it is disposed.</summary>
    public EngineSession Session() => idle.TryTake(out var session) ? session : Session(idle);

    /// <summary>A session in which a bare name means, before anything else, what is in that schema.</summary>
    public EngineSession Session(string schema)
    {
        var session = Session(home: null);
        session.Execute($"set search_path = concat({Sql.Text($"{schema},")}, current_setting('search_path'))");
        return session;
    }

    /// <summary>From now on no statement reaches a file outside of these folders and its own scratch folder, or the network.</summary>
    public void Confine(params IReadOnlyList<string> folders)
    {
        using var session = Session();
        session.Execute($"set allowed_directories = [{string.Join(", ", folders.Append(Scratch.Path).Select(Sql.Text))}]");
        session.Execute("set enable_external_access = false");
    }

    /// <summary>Until it is disposed, statements that begin have one thread: they take longer and need less memory.</summary>
    public IDisposable WithOneThread() => threads!.Ease();

    /// <summary>Until it is disposed, statements have all the memory that the engine may ever use.</summary>
    public IDisposable WithAllMemory() => memory!.Ease();

    /// <summary>Sets the variables of every session from now on, in place of those before, and the fiscal calendar they ask for.</summary>
    public void SetVariables(IReadOnlyDictionary<string, string> variables)
    {
        settings = [
            .. variables.Select(variable => $"set variable {Sql.Name(variable.Key)} = {variable.Value}"),
            $"set search_path = concat({Sql.Text(SearchPath)}, ',', {CalendarMacros.Schema})",
        ];
        CloseIdle();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CloseIdle();
        first.Dispose();
        Scratch.Dispose();
    }

    private static string SearchPath => string.Join(',', LayerRules.SearchPath.Select(layer => layer.Schema()));

    private EngineSession Session(ConcurrentBag<EngineSession>? home)
    {
        var connection = inFile ? new DuckDBConnection(first.ConnectionString) : first.Duplicate();
        connection.Open();
        var session = new EngineSession(connection, home);
        foreach (var statement in preamble.Concat(settings))
        {
            session.Execute(statement);
        }

        return session;
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var session))
        {
            session.Close();
        }
    }

    private void Configure(TransformOptions options)
    {
        using var session = Session(home: null);
        session.Execute($"set temp_directory = {Sql.Text(Scratch.File("spill"))}");
        session.Execute("set preserve_insertion_order = false");
        session.Execute("set autoinstall_known_extensions = false");
        session.Execute("set autoload_known_extensions = false");
        session.Execute($"set memory_limit = {Sql.Text(options.UsualMemory)}");
        if (options.Threads is { } count)
        {
            session.Execute($"set threads = {count}");
        }

        session.Execute(CalendarMacros.CreateSchemas);
        foreach (var schema in Enum.GetValues<Layer>().Select(layer => layer.Schema()).Concat(["raw", "staged"]))
        {
            session.Execute($"create schema {schema}");
        }

        Version = session.Scalar<string>("select version()");
        threads = new EasedSetting(this, "threads", session.Scalar<string>("select current_setting('threads')::varchar"), "1");
        memory = new EasedSetting(this, "memory_limit", Sql.Text(options.UsualMemory), Sql.Text(options.AllMemory));
        preamble.Add("set TimeZone = 'UTC'");
        preamble.Add($"set search_path = {Sql.Text(SearchPath)}");
    }

    /// <summary>A setting that is another one while somebody needs it so.</summary>
    private sealed class EasedSetting(Engine engine, string name, string usual, string eased)
    {
        private readonly Lock counting = new();
        private int users;

        public IDisposable Ease()
        {
            Count(1);
            return new Use(this);
        }

        private void Count(int more)
        {
            lock (counting)
            {
                users += more;
                using var session = engine.Session();
                session.Execute($"set {name} = {(users > 0 ? eased : usual)}");
            }
        }

        private sealed class Use(EasedSetting setting) : IDisposable
        {
            public void Dispose() => setting.Count(-1);
        }
    }
}
