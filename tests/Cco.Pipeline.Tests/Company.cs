using Cco.Pipeline.Extract;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Tests;

/// <summary>A lake and SQL folder of its own for one test, and the pipeline over them.</summary>
internal sealed class Company : IDisposable
{
    public const string FactContract =
        """
        create table marts.fct_order (
            customer_key varchar not null,
            order_id varchar not null,
            amount decimal(18, 4),
            running_amount decimal(18, 4),
            primary key (customer_key, order_id)
        );
        comment on table marts.fct_order is 'One row per order.';
        comment on column marts.fct_order.customer_key is 'Who.';
        comment on column marts.fct_order.order_id is 'The order.';
        comment on column marts.fct_order.amount is 'What it cost.';
        comment on column marts.fct_order.running_amount is 'What the customer paid so far.';
        """;

    public const string OrderContract =
        """
        create table conformed.order_line (
            source varchar not null default 'file',
            order_id varchar not null,
            customer_key varchar not null,
            amount decimal(18, 4) check (amount >= 0),
            ordered_date date,
            deleted_at timestamp,
            primary key (source, order_id)
        );
        comment on table conformed.order_line is 'One row per order.';
        comment on column conformed.order_line.source is 'The system.';
        comment on column conformed.order_line.order_id is 'The order.';
        comment on column conformed.order_line.customer_key is 'Who ordered.';
        comment on column conformed.order_line.amount is 'What it cost.';
        comment on column conformed.order_line.ordered_date is 'When.';
        comment on column conformed.order_line.deleted_at is 'When it was deleted.';
        """;

    private const string Fact =
        """
        -- Grain: one row per order.
        -- Scope: customer
        select
            customer_key,
            order_id,
            amount,
            cast(sum(amount) over (partition by customer_key order by order_id) as decimal(18, 4)) as running_amount
        from order_line
        where deleted_at is null
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-test-");

    public Company()
    {
        Write("models/conformed/order_line.contract.sql", OrderContract);
        Write("models/marts/fct_order.sql", Fact);
        Write("models/marts/fct_order.contract.sql", FactContract);
        Transform = new TransformOptions { Folder = Sql, Threads = 1, MemoryLimit = "1GB" };
        Lake = new FolderLake(Path.Combine(folder.FullName, "lake"));
    }

    public TransformOptions Transform { get; set; }

    public KpiOptions Kpis { get; } = new();

    public IntakeOptions Intake { get; set; } = new();

    public QuarantineOptions Quarantine { get; set; } = new();

    public FolderLake Lake { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public DateOnly AsOf { get; set; } = new(2026, 1, 1);

    private string Sql => Path.Combine(folder.FullName, "sql");

    /// <summary>Writes a file of the SQL folder.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Sql, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Writes a file of another SQL folder and returns that folder.</summary>
    public string WriteOverlay(string file, string text)
    {
        var overlay = Path.Combine(folder.FullName, "overlay");
        var path = Path.Combine(overlay, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return overlay;
    }

    public Task DropAsync(string table, string name, string text) => Lake.WriteOnceAsync(
        new LakePath($"landing/{table}/{name}"), (stream, token) => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), token).AsTask(), Cancel);

    public Task<RunReport> RunAsync(RunRequest? request = null, CancellationToken? cancellationToken = null, IRunProgress? progress = null)
    {
        var lander = new Lander(Lake, Time);
        var reader = new FileReader(Options.Create(Intake), NullLogger<FileReader>.Instance);
        var transformer = new Transformer(Lake, Transform, Kpis, Time);
        var context = new RunContext(Transform, Kpis, Time, NullLogger<PipelineRun>.Instance);
        var run = new PipelineRun(
            Lake,
            new SourceSweep(Lake, lander, new SourceRegistry([], [], new ExtractOptions(), Time), context, NullLogger<SourceSweep>.Instance),
            new LandingSweep(Lake, reader, lander, Intake, Time),
            transformer,
            new QuarantineGate(Lake, Quarantine, Transform),
            new Restatements(Lake, lander, transformer, context),
            new Publisher(Lake, Transform, Time),
            context);
        return run.RunAsync(request ?? new RunRequest(AsOf), progress ?? new NoProgress(), cancellationToken ?? Cancel);
    }

    /// <summary>The rows of a query over the published marts, each as its values joined by '|'.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        using var marts = await MartReader.OpenAsync(Lake, Cancel);
        return [.. marts.Query(sql, Cancel).Rows.Select(row => string.Join('|', row.Select(CsvText.Plain)))];
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
