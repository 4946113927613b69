using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Works on backfills, one window at a time. A window is taken by a lease, so that one worker reads it while others leave it alone, and is free
/// again when its worker dies; whoever takes it then goes on from the last file that landed. The place that the schedule has reached is not touched.
/// </summary>
public sealed partial class BackfillWorker(ILake lake, SourceRegistry registry, SourceSweep sources, Backfills backfills, RunContext context, PrivacyOptions privacy, ILogger<BackfillWorker> logger) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private (string Backfill, ISource Source)? open;

    /// <summary>Reads a window, unless that is done, or not wanted, or another worker is at it.</summary>
    /// <param name="backfill">The backfill.</param>
    /// <param name="window">The window.</param>
    /// <param name="progress">Hears how it goes on.</param>
    /// <param name="cancellationToken">Ends it; whoever takes the window next goes on.</param>
    public async Task<WindowTurn> TryWorkAsync(Backfill backfill, BackfillWindow window, IRunProgress progress, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var folder = new BackfillFolder(backfill.Id);
            await using var lease = await lake.LeaseAsync(folder.LeaseOf(window.Number), Holder, cancellationToken);
            return await WorkAsync(backfill, folder, window, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is LakeLeasedException or LakeConflictException)
        {
            return WindowTurn.Busy;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Notes that a window was given up by whoever hands windows out, after several workers had ended in the middle of it. Of a backfill that is gone nothing is noted.</summary>
    /// <param name="backfill">The backfill.</param>
    /// <param name="window">The number of the window.</param>
    /// <param name="error">What happened, and what to do.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task GiveUpAsync(string backfill, int window, string error, CancellationToken cancellationToken)
    {
        var folder = new BackfillFolder(backfill);
        var (state, tag) = await StateAsync(folder, window, cancellationToken);
        if (state?.IsEnded != true && await lake.ExistsAsync(folder.Document, cancellationToken))
        {
            var now = context.Time.GetUtcNow();
            var ended = (state ?? new WindowState(WindowStatus.Begun, 0, "nobody", now, null, null, null)) with { Status = WindowStatus.Failed, EndedAt = now, Error = error };
            await lake.ReplaceAsync(folder.WindowOf(window), ended.Text(), tag, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        (open?.Source as IDisposable)?.Dispose();
        turn.Dispose();
    }

    /// <summary>Who works here, for those who wait.</summary>
    internal static string Holder => PipelineRun.HolderOf("a backfill");

    [LoggerMessage(LogLevel.Information, "Window {Window} of backfill {Backfill}, {Source}.{Stream}, {Status}: {Rows} rows by {Requests} requests. {Error}")]
    private static partial void WindowEnded(ILogger logger, int window, string backfill, string source, string stream, WindowStatus status, long rows, long requests, string? error);

    private async Task<WindowTurn> WorkAsync(Backfill backfill, BackfillFolder folder, BackfillWindow window, IRunProgress progress, CancellationToken cancellationToken)
    {
        var (before, tag) = await StateAsync(folder, window.Number, cancellationToken);
        if (before?.IsEnded == true || (await backfills.OrderAsync(folder, cancellationToken)).Order != BackfillOrder.Run)
        {
            return WindowTurn.NotNeeded;
        }

        var state = new WindowState(WindowStatus.Begun, (before?.Attempts ?? 0) + 1, Holder, context.Time.GetUtcNow(), null, null, null);
        tag = await lake.ReplaceAsync(folder.WindowOf(window.Number), state.Text(), tag, cancellationToken);
        var receipt = await ReadAsync(backfill, folder, window, progress, cancellationToken);
        state = state with
        {
            Status = receipt.Error is null ? WindowStatus.Done : WindowStatus.Failed,
            EndedAt = context.Time.GetUtcNow(),
            Receipt = receipt,
            Error = receipt.Error,
        };
        await lake.ReplaceAsync(folder.WindowOf(window.Number), state.Text(), tag, cancellationToken);
        WindowEnded(logger, window.Number, backfill.Id, backfill.Source, window.Stream, state.Status, receipt.Rows, receipt.Requests, receipt.Error);
        return WindowTurn.Ended;
    }

    private async Task<StreamReceipt> ReadAsync(Backfill backfill, BackfillFolder folder, BackfillWindow window, IRunProgress progress, CancellationToken cancellationToken)
    {
        var name = new StreamName(backfill.Source, window.Stream);
        try
        {
            var source = Source(backfill);
            var stream = source.Streams.FirstOrDefault(known => known.Name == name) ?? throw new ExtractException($"There is no stream {name} any more.");
            var (target, place) = (folder.Target(lake, backfill), folder.PlaceOf(window.Number));
            var run = await RunClock.BeginAsync(target, context.Time, cancellationToken);
            var start = window.From ?? registry.SettingsOf(backfill.Source).StartsAt;
            var sweep = new StreamSweep(source, stream, start, place, new SweepContext(target, new Lander(target, context.Time, privacy), run, context, registry.Options, progress));
            return await new StreamAttempt(source, name, sweep, registry.Options, context.Time).MakeAsync(
                async token =>
                {
                    await sweep.ReadOnceAsync(window.Until ?? context.Time.GetUtcNow(), token);
                    if (backfill.Replaces)
                    {
                        await ReplaceAsync(target, name, window, place, sweep, token);
                    }
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is ExtractException or ClockBehindException)
        {
            return StreamReceipt.Failed(name, exception.Message);
        }
    }

    private async Task ReplaceAsync(ILake target, StreamName name, BackfillWindow window, SweepPlace place, StreamSweep sweep, CancellationToken cancellationToken)
    {
        var belongs = window is { From: { } from, Until: { } until } && registry.Describe(name.Source).Streams[name.Stream].Incremental is { Field: { } field } incremental
            ? GoneRecords.Between(field, incremental.FieldFormat, new Window(from, until))
            : "true";
        using var gone = await GoneRecords.FindAsync(target, context.Transform, name, place, belongs, cancellationToken);
        if (gone.Count > 0)
        {
            await sweep.LandGoneAsync(gone.Tombstones(), cancellationToken);
        }
    }

    /// <summary>The source, kept open over the windows of one backfill: they share its pace and its sign-in.</summary>
    private ISource Source(Backfill backfill)
    {
        if (open is { } kept && kept.Backfill == backfill.Id)
        {
            return kept.Source;
        }

        (open?.Source as IDisposable)?.Dispose();
        open = null;
        open = (backfill.Id, registry.Open(backfill.Source, sources.Tokens(backfill.Source)));
        return open.Value.Source;
    }

    private async Task<(WindowState? State, string? Tag)> StateAsync(BackfillFolder folder, int window, CancellationToken cancellationToken) =>
        await lake.ReadAsync(folder.WindowOf(window), cancellationToken) is { } document ? (WindowState.Parse(document), document.Tag) : (null, null);
}

/// <summary>What came of a worker's wish to work on a window.</summary>
public enum WindowTurn
{
    /// <summary>It was worked on and has ended, read or failed.</summary>
    Ended,

    /// <summary>It had ended before, or nobody is to begin a window now.</summary>
    NotNeeded,

    /// <summary>Another worker is at it.</summary>
    Busy,
}
