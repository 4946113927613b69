using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Deletes what nobody needs any more: published runs beyond the policy, results that no kept run and no next run uses, old copies of dropped
/// files, what replaced raw files left behind, records deleted by their sources. All of it is found anew each time, so it may be ended at any
/// point and done again.
/// </summary>
public sealed partial class LakeVacuum(ILake lake, Transformer transformer, RetentionOptions retention, RunContext context)
{
    private static readonly LakePath[] Caches = [new("models"), new("stage")];

    /// <summary>Finds what would go.</summary>
    /// <exception cref="TransformException">The models are wrong, so that nobody knows which results the next run uses.</exception>
    public async Task<VacuumPlan> PlanAsync(CancellationToken cancellationToken) =>
        await FilesAsync(cancellationToken) with { Records = await OfDeletedAsync(records => records.CountAsync(cancellationToken)) };

    /// <summary>Finds what goes, and deletes it. Runs wait meanwhile.</summary>
    /// <returns>What went.</returns>
    /// <exception cref="TransformException">The models are wrong, so that nobody knows which results the next run uses.</exception>
    /// <exception cref="LakeLeasedException">A run builds on this lake.</exception>
    public async Task<VacuumPlan> RunAsync(CancellationToken cancellationToken)
    {
        await using var lease = await PipelineRun.LeaseAsync(lake, "cco lake vacuum", cancellationToken);
        var taken = await OfDeletedAsync(records => records.TakeAsync(context.Time.GetUtcNow(), cancellationToken));
        var plan = await FilesAsync(cancellationToken) with { Records = taken };
        foreach (var file in plan.Files)
        {
            await lake.DeleteAsync(file.Path, cancellationToken);
        }

        Vacuumed(context.Logger, plan.Files.Count, plan.Files.Sum(file => file.Length), taken.Sum(stream => stream.Records));
        return plan;
    }

    [LoggerMessage(LogLevel.Information, "Vacuum deleted {Files} files of {Bytes} bytes, and {Records} records that their sources have deleted")]
    private static partial void Vacuumed(ILogger logger, int files, long bytes, long records);

    private async Task<VacuumPlan> FilesAsync(CancellationToken cancellationToken)
    {
        var now = context.Time.GetUtcNow();
        var kept = await KeptRuns.FindAsync(lake, retention, now, cancellationToken);
        var reports = await ReportsAsync(kept, cancellationToken);
        var used = await UsedAsync(reports, cancellationToken);
        return VacuumPlan.Of([
            .. await kept.OthersAsync(lake, cancellationToken),
            .. await FindAsync(Caches, file => !used.Contains(file.Path.Value), cancellationToken),
            .. await FindAsync([LandingSweep.Done], file => IsOlder(file.ModifiedAt, retention.DroppedFileDays), cancellationToken),
            .. await FindAsync([RunReport.Folder], file => !IsOf(reports, file.Path) && IsOlder(file.ModifiedAt, retention.ReportDays), cancellationToken),
            .. (await StandIns.ReadAsync(lake, cancellationToken)).Leftovers(await FindAsync([RawPath.Root, RawPath.Quarantine], _ => true, cancellationToken)),
        ]);

        bool IsOlder(DateTimeOffset written, int? days) => days is { } limit && written < now.AddDays(-limit);
    }

    private async Task<IReadOnlyList<VacuumedRecords>> OfDeletedAsync(Func<DeletedRecords, Task<IReadOnlyList<VacuumedRecords>>> work)
    {
        if (retention.DeletedRecordDays is not { } days)
        {
            return [];
        }

        using var engine = Engine.Open(context.Transform);
        return await work(new DeletedRecords(lake, engine, context.Time.GetUtcNow().AddDays(-days)));
    }

    private static bool IsOf(IReadOnlyList<RunReport> reports, LakePath path) => reports.Any(report => RunReport.PathOf(report.Id) == path);

    private async Task<List<LakeFile>> FindAsync(IReadOnlyList<LakePath> folders, Func<LakeFile, bool> isGone, CancellationToken cancellationToken) =>
        await folders.ToAsyncEnumerable().SelectMany(folder => lake.ListAsync(folder, cancellationToken)).Where(isGone).ToListAsync(cancellationToken);

    /// <summary>The reports of the kept runs, and of the run that built last, published or not.</summary>
    private async Task<IReadOnlyList<RunReport>> ReportsAsync(KeptRuns kept, CancellationToken cancellationToken)
    {
        var reports = new Dictionary<string, RunReport>(StringComparer.Ordinal);
        foreach (var manifest in kept.Manifests)
        {
            if (await RunReport.ReadAsync(lake, manifest.RunId, cancellationToken) is { } report)
            {
                reports[report.Id] = report;
            }
        }

        if (await RunReport.LatestFirstAsync(lake, cancellationToken).FirstOrDefaultAsync(report => report.Models.Count > 0, cancellationToken) is { } last)
        {
            reports[last.Id] = last;
        }

        return [.. reports.Values];
    }

    /// <summary>The results that the runs of these reports were made of, that a run as of the same day would be made of now, and one of today.</summary>
    private async Task<HashSet<string>> UsedAsync(IReadOnlyList<RunReport> reports, CancellationToken cancellationToken)
    {
        var catalog = CatalogReader.Read(context.Transform);
        var raw = await RawFiles.ListAsync(lake, cancellationToken);
        var today = context.Kpis.Variables(context.Kpis.Today(context.Time));
        var plans = transformer.Plan([
            new BuildInputs(catalog, raw, today),
            .. reports.Select(report => new BuildInputs(catalog, raw, report.AllSettings())),
            .. reports.Select(report => new BuildInputs(catalog, raw.UpTo(RunId.Parse(report.Id)), report.AllSettings())),
        ]);
        var results = reports.SelectMany(report => report.Models).Select(model => $"models/{model.Name}/{model.Fingerprint}.parquet");
        return plans.SelectMany(plan => plan.Files(raw)).Select(file => file.Value).Concat(results).ToHashSet(StringComparer.Ordinal);
    }
}
