using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Tests.Extract;

/// <summary>A source described by a test, a server that it is read from, and a lake that it lands in.</summary>
internal sealed class SourceWorld : IDisposable
{
    public const string Secret = "sk_never_to_be_seen_4711";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-extract-");
    private readonly Uri server;
    private readonly Log log = new();
    private readonly (string Streams, string Authentication) described;
    private string limit = "";

    public SourceWorld(LoopbackServer server, string streams, string authentication = "authentication: { kind: bearer, secret: key }")
        : this(server.Address, streams, authentication)
    {
    }

    public SourceWorld(Uri server, string streams, string authentication = "authentication: { kind: bearer, secret: key }")
    {
        (this.server, described) = (server, (streams, authentication));
        Lake = new FolderLake(Path.Combine(folder.FullName, "lake"));
        Describe(streams, authentication);
    }

    public ILake Lake { get; set; }

    public string LakeFolder => Path.Combine(folder.FullName, "lake");

    public Clock Time { get; } = new(new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero));

    public ExtractOptions Options { get; set; } = new() { Retries = 4, RetryDelay = TimeSpan.FromMilliseconds(1), FileRecords = 1_000 };

    public SourceSettings Settings { get; } = new() { Start = new DateOnly(2026, 1, 1), Secrets = { ["key"] = Secret } };

    /// <summary>Where secrets are that the settings refer to.</summary>
    public SecretVault Vault { get; set; } = new();

    /// <summary>What was logged.</summary>
    public string Logged => log.Text;

    /// <summary>Adds to the limits of the vendor.</summary>
    public void Limit(string text)
    {
        limit = ", " + text;
        Describe(described.Streams, described.Authentication);
    }

    /// <summary>Gives the source these secrets alone.</summary>
    public void Give(params (string Name, string Value)[] secrets)
    {
        Settings.Secrets.Clear();
        secrets.ToList().ForEach(secret => Settings.Secrets[secret.Name] = secret.Value);
        Describe(described.Streams, described.Authentication);
    }

    private void Describe(string streams, string authentication)
    {
        var secrets = Settings.Secrets.Keys.Select(secret => $"{secret}: The {secret}.");
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, "sources")).FullName, "shop.yaml");
        File.WriteAllText(file, $"""
            source: shop
            title: Shop
            kind: other
            documentation: https://example.com/docs
            setup: [Ask the shop for a key.]
            secrets: {$"{{ {string.Join(", ", secrets)} }}"}
            base_url: https://example.com
            {authentication}
            limits: {$"{{ requests_per_second: 1000, remaining_header: X-Left, reset_header: X-Reset{limit} }}"}
            test: {"{ path: /ping }"}
            streams:
            {streams}
            """);
    }

    public SourceRegistry Registry()
    {
        Settings.BaseUrl = server;
        return new SourceRegistry([Path.Combine(folder.FullName, "sources")], new SourcesOptions { ["shop"] = Settings }, Options, Time, Vault);
    }

    public SourceSweep Sweep() => new(
        Lake, new Lander(Lake, Time), Registry(), new RunContext(new TransformOptions { Threads = 1, MemoryLimit = "1GB" }, new KpiOptions(), Time, Log.Of<PipelineRun>(log)), Log.Of<SourceSweep>(log));

    /// <summary>Reads the source once.</summary>
    public async Task<IReadOnlyList<StreamReceipt>> RunAsync(CancellationToken? cancellationToken = null)
    {
        var receipts = await Sweep().SweepAsync(RunId.Begin(Time), new RunRequest(), new NoProgress(), cancellationToken ?? TestContext.Current.CancellationToken);
        Time.Pass(TimeSpan.FromMilliseconds(1));
        return receipts;
    }

    /// <summary>Reads the source once; its one stream must be read to the end.</summary>
    public async Task<StreamReceipt> ReadAsync()
    {
        var receipt = Assert.Single(await RunAsync());
        Assert.Null(receipt.Error);
        Assert.Equal(StreamOutcome.Read, receipt.Outcome);
        return receipt;
    }

    /// <summary>Reads the source once; its one stream must fail.</summary>
    /// <returns>The error.</returns>
    public async Task<string> FailAsync()
    {
        var receipt = Assert.Single(await RunAsync());
        Assert.Equal(StreamOutcome.Failed, receipt.Outcome);
        return receipt.Error!;
    }

    /// <summary>The ids of all records that landed, in order, tombstones with a minus before them.</summary>
    public IReadOnlyList<string> Landed(string stream = "order") => Query(
        $"select case when is_deleted then '-' else '' end || record_id from {Raw(stream)} order by \"filename\", position");

    /// <summary>The rows of a query, each as its values joined by '|'.</summary>
    public static IReadOnlyList<string> Query(string sql)
    {
        using var engine = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });
        using var session = engine.Session();
        return session.Query(sql, reader => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : reader.GetValue(column).ToString())));
    }

    /// <summary>The relation of a stream's raw files.</summary>
    public string Raw(string stream = "order") => $"read_parquet({Sql.Text(Path.Combine(LakeFolder, "raw", "shop", stream, "*", "*.parquet"))}, filename = true)";

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A clock that a test sets; what waits, waits for real.</summary>
    internal sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        private long ticks = now.UtcTicks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

        public void Pass(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Log
    {
        private readonly System.Text.StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text)
                {
                    return text.ToString();
                }
            }
        }

        public static ILogger<T> Of<T>(Log log) => new Logger<T>(log);

        private sealed class Logger<T>(Log log) : ILogger<T>
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (log.text)
                {
                    log.text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
                }
            }
        }
    }
}
