using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cco.Pipeline.Tests.Runs;

/// <summary>A source, its lake, and backfills of it.</summary>
internal sealed class BackfillWorld : IDisposable
{
    private readonly TransformOptions transform = new() { Threads = 1, MemoryLimit = "1GB" };

    public BackfillWorld(Uri server, string streams) => Source = new SourceWorld(server, streams);

    public SourceWorld Source { get; }

    /// <summary>How those who were forgotten are known.</summary>
    public PrivacyOptions Privacy { get; } = new();

    public Backfills Backfills => new(Source.Lake, Source.Registry(), Source.Sweep(), transform, new PolledDispatch(), Source.Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a backfill of January 2026.</summary>
    public Task<Backfill> StartAsync(bool replaces = false, string from = "2026-01", string to = "2026-01") =>
        Backfills.StartAsync(BackfillRequest.Of("shop", [], from, to) with { Replaces = replaces }, Cancel);

    /// <summary>A worker of its own, as another process has it, for one window.</summary>
    public async Task<WindowTurn> WorkAsync(Backfill backfill, int window = 1, IRunProgress? progress = null, CancellationToken? cancellationToken = null)
    {
        using var worker = new BackfillWorker(
            Source.Lake,
            Source.Registry(),
            Source.Sweep(),
            Backfills,
            new RunContext(transform, new KpiOptions(), Source.Time, NullLogger<PipelineRun>.Instance),
            Privacy,
            NullLogger<BackfillWorker>.Instance);
        var turn = await worker.TryWorkAsync(backfill, backfill.Windows[window - 1], progress ?? new NoProgress(), cancellationToken ?? Cancel);
        Source.Time.Pass(TimeSpan.FromMilliseconds(1));
        return turn;
    }

    /// <summary>Reads all windows of a new backfill of January 2026.</summary>
    public async Task<BackfillReport> ReadAsync(bool replaces = false)
    {
        var backfill = await StartAsync(replaces);
        foreach (var window in backfill.Windows)
        {
            await WorkAsync(backfill, window.Number);
        }

        return await ReportAsync(backfill);
    }

    public Task<BackfillReport> ReportAsync(Backfill backfill) => Backfills.ReportAsync(backfill.Id, Cancel);

    public void Dispose() => Source.Dispose();
}
