using System.Text.Json;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// What is done when the last window of a backfill has been read: the marts are built and published, or, of a dry run, built aside and held against
/// those that are published. Many may find that all is read; one does it, and where it dies, whoever looks next.
/// </summary>
public sealed class BackfillEnd(ILake lake, Backfills backfills, PipelineRun run, RunContext context, QuarantineOptions quarantine)
{
    /// <summary>The wait for another run that builds.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Ends the backfill, where every window has been read and nobody is at it.</summary>
    /// <param name="id">The backfill.</param>
    /// <param name="progress">Hears how the build goes on.</param>
    /// <param name="cancellationToken">Ends it; whoever looks next does it.</param>
    /// <returns>Whether it ended here and now.</returns>
    public async Task<bool> TryAsync(string id, IRunProgress progress, CancellationToken cancellationToken)
    {
        var folder = new BackfillFolder(id);
        if (await DueAsync(folder, cancellationToken) is null)
        {
            return false;
        }

        try
        {
            await using var lease = await lake.LeaseAsync(folder.EndLease, BackfillWorker.Holder, cancellationToken);
            if (await DueAsync(folder, cancellationToken) is not { } report)
            {
                return false;
            }

            var result = report.Backfill.IsDryRun ? await CompareAsync(folder, progress, cancellationToken) : await PublishAsync(progress, cancellationToken);
            await lease.HoldAsync(cancellationToken);
            await lake.PutAsync(folder.Result, JsonSerializer.SerializeToUtf8Bytes(result, PipelineJson.Readable), cancellationToken);
            return true;
        }
        catch (LakeLeasedException)
        {
            return false;
        }
    }

    /// <summary>How it stands, where it is to be ended; null where it is not. A listing tells that some window has not been begun, without reading them all.</summary>
    private async Task<BackfillReport?> DueAsync(BackfillFolder folder, CancellationToken cancellationToken)
    {
        var backfill = await Backfill.ReadAsync(lake, folder, cancellationToken);
        return await lake.ListAsync(folder.Windows, cancellationToken).CountAsync(cancellationToken) == backfill.Windows.Count
            && await backfills.ReportAsync(folder.Id, cancellationToken) is { Status: BackfillStatus.Running } report && report.Done == backfill.Windows.Count
            ? report
            : null;
    }

    private async Task<BackfillResult> PublishAsync(IRunProgress progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var report = await run.RunAsync(new RunRequest(Only: RunStage.Publish), progress, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                return new BackfillResult(report.EndedAt, report.Id, null, report.Published ? null : report.Error);
            }
            catch (LakeLeasedException)
            {
                // That run may have begun before the last records landed.
                await Task.Delay(Wait, context.Time, cancellationToken);
            }
        }
    }

    /// <summary>Builds aside as of the day of the published marts, so that only records make a difference.</summary>
    private async Task<BackfillResult> CompareAsync(BackfillFolder folder, IRunProgress progress, CancellationToken cancellationToken)
    {
        var side = new SideLake(lake, folder.Side);
        var published = await Manifest.ReadAsync(lake, cancellationToken);
        var transformer = new Transformer(side, context.Transform, context.Kpis, context.Time);
        var models = await transformer.BuildAsync(CatalogReader.Read(context.Transform), published?.AsOf ?? context.Kpis.Today(context.Time), progress, cancellationToken);
        var broken = models.Where(model => model.Outcome == BuildOutcome.Failed).Select(model => $"{model.Name}: {model.Error}").ToList();
        var error = broken.Count > 0
            ? $"The marts could not be published with these records: {string.Join("; ", broken)}"
            : await new QuarantineGate(side, quarantine, context.Transform).ProblemAsync(models, cancellationToken);
        IReadOnlyList<KpiChange>? changes = null;
        if (broken.Count == 0 && published is not null)
        {
            changes = await new KpiComparison(side, context.Transform).KpisAsync(
                RunTables.Of(published), RunTables.Of(models.Select(model => (model.Name, model.Fingerprint))), cancellationToken);
            await lake.PutAsync(folder.Changes, JsonSerializer.SerializeToUtf8Bytes(changes, PipelineJson.Compact), cancellationToken);
        }

        await side.ClearAsync(cancellationToken);
        return new BackfillResult(context.Time.GetUtcNow(), null, changes?.Count, error);
    }
}
