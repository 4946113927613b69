using System.Collections.Concurrent;
using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>The backfills of a lake: starts them, tells how they stand, has them wait, go on, end, or try again. The work is done by a <see cref="BackfillWorker"/>.</summary>
public sealed class Backfills(
    ILake lake, SourceRegistry registry, SourceSweep sources, TransformOptions transform, IWindowDispatch dispatch, TimeProvider time)
{
    private const int Parallelism = 8;

    /// <summary>How long workers are told again of a backfill that nobody works on.</summary>
    private static readonly TimeSpan Given = TimeSpan.FromDays(1);

    /// <summary>Starts one: from now on workers read its windows.</summary>
    /// <param name="request">What is to be read.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ArgumentException">It cannot be read as it is asked for; the message says what can.</exception>
    /// <exception cref="ExtractException">The source lacks a setting or secret.</exception>
    public async Task<Backfill> StartAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var windows = new BackfillPlan(registry, time).Windows(request);
        (registry.Open(request.Source, sources.Tokens(request.Source)) as IDisposable)?.Dispose();
        var estimate = await new BackfillEstimates(lake, registry, transform).OfAsync(request.Source, time.GetUtcNow(), windows, cancellationToken);
        var backfill = new Backfill(RunId.Begin(time).Value, request.Source, request.From, request.Until, request.Replaces, request.IsDryRun, estimate, windows);
        await lake.ReplaceAsync(new BackfillFolder(backfill.Id).Document, JsonSerializer.SerializeToUtf8Bytes(backfill, PipelineJson.Readable), null, cancellationToken);
        await dispatch.SendAsync(backfill.Id, [.. windows.Select(window => window.Number)], cancellationToken);
        return backfill;
    }

    /// <summary>How it stands with a backfill.</summary>
    /// <exception cref="ArgumentException">The text is no id.</exception>
    /// <exception cref="FileNotFoundException">There is none of that id.</exception>
    public async Task<BackfillReport> ReportAsync(string id, CancellationToken cancellationToken)
    {
        var folder = new BackfillFolder(id);
        var backfill = await Backfill.ReadAsync(lake, folder, cancellationToken);
        var files = await lake.ListAsync(folder.Windows, cancellationToken).Select(file => file.Path).ToListAsync(cancellationToken);
        var states = new ConcurrentDictionary<int, WindowState>();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (file, token) =>
        {
            if (await lake.ReadAsync(file, token) is { } document)
            {
                states[BackfillFolder.NumberOf(file)] = WindowState.Parse(document);
            }
        });
        return BackfillReport.Of(
            backfill, (await OrderAsync(folder, cancellationToken)).Order, await ResultAsync(lake, folder, cancellationToken), new SortedDictionary<int, WindowState>(states));
    }

    /// <summary>The ids of the backfills, the latest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => [.. (await FilesAsync(cancellationToken)).Keys];

    /// <summary>How many files there are of each backfill, the latest first: as long as it is the same number for one that has ended, nobody has asked more of it.</summary>
    internal async Task<OrderedDictionary<string, int>> FilesAsync(CancellationToken cancellationToken)
    {
        var files = await lake.ListAsync(BackfillFolder.Root, cancellationToken).CountBy(file => file.Path.Segments[1], StringComparer.Ordinal).ToListAsync(cancellationToken);
        return new OrderedDictionary<string, int>(files.Where(file => BackfillFolder.IsId(file.Key)).OrderByDescending(file => file.Key, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The KPIs that a dry run found to change, with what they are and would be; null where it has not ended, or there was nothing to hold it against.</summary>
    /// <exception cref="FileNotFoundException">There is no backfill of that id.</exception>
    public async Task<IReadOnlyList<KpiChange>?> ChangesAsync(string id, CancellationToken cancellationToken)
    {
        var folder = new BackfillFolder(id);
        _ = await Backfill.ReadAsync(lake, folder, cancellationToken);
        return await lake.ReadAsync(folder.Changes, cancellationToken) is { } document
            ? JsonSerializer.Deserialize<IReadOnlyList<KpiChange>>(document.Content.Span, PipelineJson.Compact)
            : null;
    }

    /// <summary>Has workers begin no further window until it is resumed.</summary>
    /// <exception cref="BackfillStateException">It has ended.</exception>
    public Task<BackfillReport> PauseAsync(string id, CancellationToken cancellationToken) => OrderAsync(id, BackfillOrder.Pause, cancellationToken);

    /// <summary>Gives it up. What has been read stays; a window that is being read is finished.</summary>
    /// <exception cref="BackfillStateException">It has ended.</exception>
    public Task<BackfillReport> CancelAsync(string id, CancellationToken cancellationToken) => OrderAsync(id, BackfillOrder.Cancel, cancellationToken);

    /// <summary>Has it go on, and tells workers of all windows that are not read yet.</summary>
    /// <exception cref="BackfillStateException">It has ended.</exception>
    public async Task<BackfillReport> ResumeAsync(string id, CancellationToken cancellationToken)
    {
        var report = await OrderAsync(id, BackfillOrder.Run, cancellationToken);
        await SendAsync(report, IsLeft(report), cancellationToken);
        return report;
    }

    /// <summary>
    /// Tells workers again of windows that nobody has begun, of backfills of which nothing has been heard for a while: whoever started one, or had it go on, may
    /// have died before it had told of all. Telling twice does nothing twice.
    /// </summary>
    /// <param name="quiet">How long nothing must have been heard; as long it is until workers are told once more.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The ids of these backfills.</returns>
    public async Task<IReadOnlyList<string>> RemindAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        var reminded = new List<string>();
        foreach (var folder in await QuietAsync(quiet, cancellationToken))
        {
            // Before the report: what somebody orders meanwhile is not overwritten.
            var (_, tag) = await OrderAsync(folder, cancellationToken);
            var report = await ReportAsync(folder.Id, cancellationToken);
            if (report.Status != BackfillStatus.Running || (report.Waiting == 0 && report.Begun > 0))
            {
                continue;
            }

            await lake.ReplaceAsync(folder.Order, JsonSerializer.SerializeToUtf8Bytes(BackfillOrder.Run, PipelineJson.Compact), tag, cancellationToken);
            await SendAsync(report, number => !report.Windows.ContainsKey(number), cancellationToken);
            reminded.Add(folder.Id);
        }

        return reminded;
    }

    /// <summary>Has the windows that could not be read be tried again, and the marts be built where they could not be.</summary>
    /// <exception cref="BackfillStateException">Nothing of it has failed, or it was canceled.</exception>
    public async Task<BackfillReport> RetryAsync(string id, CancellationToken cancellationToken)
    {
        var (folder, report) = (new BackfillFolder(id), await ReportAsync(id, cancellationToken));
        if (report.Status == BackfillStatus.Canceled || (report.Failed == 0 && report.Result?.Error is null))
        {
            throw new BackfillStateException($"Nothing of the backfill {id} has failed that could be tried again: it is {Named(report.Status)}.");
        }

        foreach (var number in report.Windows.Where(window => window.Value.Status == WindowStatus.Failed).Select(window => window.Key))
        {
            await lake.DeleteAsync(folder.WindowOf(number), cancellationToken);
        }

        await lake.DeleteAsync(folder.Result, cancellationToken);
        report = await ReportAsync(id, cancellationToken);
        await SendAsync(report, IsLeft(report), cancellationToken);
        return report;
    }

    /// <summary>What is asked of the workers, and the tag of the document that says so.</summary>
    internal async Task<(BackfillOrder Order, string? Tag)> OrderAsync(BackfillFolder folder, CancellationToken cancellationToken) =>
        await lake.ReadAsync(folder.Order, cancellationToken) is { } document
            ? (JsonSerializer.Deserialize<BackfillOrder>(document.Content.Span, PipelineJson.Compact), document.Tag)
            : (BackfillOrder.Run, null);

    internal static async Task<BackfillResult?> ResultAsync(ILake lake, BackfillFolder folder, CancellationToken cancellationToken) =>
        await lake.ReadAsync(folder.Result, cancellationToken) is { } document ? JsonSerializer.Deserialize<BackfillResult>(document.Content.Span, PipelineJson.Readable) : null;

    /// <summary>Those without a result of which nothing has been heard for a while, but for those that nobody has worked on for long.</summary>
    private async Task<IReadOnlyList<BackfillFolder>> QuietAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var files = await lake.ListAsync(BackfillFolder.Root, cancellationToken).ToListAsync(cancellationToken);
        return [.. files
            .GroupBy(file => file.Path.Segments[1], StringComparer.Ordinal)
            .Where(known => BackfillFolder.IsId(known.Key) && known.All(file => file.ModifiedAt <= now - quiet))
            .Select(known => (Folder: new BackfillFolder(known.Key), Files: known))
            .Where(known => known.Files.All(file => file.Path != known.Folder.Result) && known.Files.Any(file => file.Path != known.Folder.Order && file.ModifiedAt > now - Given))
            .Select(known => known.Folder)];
    }

    private static string Named(BackfillStatus status) => status.ToString().ToLowerInvariant();

    private async Task<BackfillReport> OrderAsync(string id, BackfillOrder order, CancellationToken cancellationToken)
    {
        var (folder, report) = (new BackfillFolder(id), await ReportAsync(id, cancellationToken));
        if (report.IsEnded && !(report.Status == BackfillStatus.Canceled && order == BackfillOrder.Cancel))
        {
            throw new BackfillStateException($"The backfill {id} has ended: it is {Named(report.Status)}. {(report.Status == BackfillStatus.Failed ? "`cco backfill retry` tries again." : "Start another one.")}");
        }

        var (current, tag) = await OrderAsync(folder, cancellationToken);
        if (current != order)
        {
            await lake.ReplaceAsync(folder.Order, JsonSerializer.SerializeToUtf8Bytes(order, PipelineJson.Compact), tag, cancellationToken);
        }

        if (order == BackfillOrder.Cancel && report.Backfill.IsDryRun)
        {
            await new SideLake(lake, folder.Side).ClearAsync(cancellationToken);
        }

        return await ReportAsync(id, cancellationToken);
    }

    private static Func<int, bool> IsLeft(BackfillReport report) => number => report.Windows.GetValueOrDefault(number)?.IsEnded != true;

    /// <summary>Tells of some windows; where there are none, of one, so that someone sees that the end is left to do.</summary>
    private Task SendAsync(BackfillReport report, Func<int, bool> isMeant, CancellationToken cancellationToken)
    {
        var waiting = report.Backfill.Windows.Select(window => window.Number).Where(isMeant).ToList();
        return dispatch.SendAsync(report.Backfill.Id, waiting.Count > 0 ? waiting : [report.Backfill.Windows[^1].Number], cancellationToken);
    }
}
