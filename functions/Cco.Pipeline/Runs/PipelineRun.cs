using System.Text.Json;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>
/// One run of the pipeline: takes in dropped files, builds the marts and publishes them if every audit passes. One run builds on a lake at
/// a time; files may be taken in beside it, each under a lease of its own. It may be ended at any point: the marts stay those of the last whole run, and the next run goes on from what is there.
/// </summary>
public sealed partial class PipelineRun(
    ILake lake, SourceSweep sources, LandingSweep sweep, Transformer transformer, QuarantineGate gate, Restatements restatements, Publisher publisher, RunContext context)
{
    private static readonly Func<ILogger, string, IDisposable?> RunScope = LoggerMessage.DefineScope<string>("run {RunId}");

    /// <summary>The lease of who builds on a lake.</summary>
    internal static LakePath Lease { get; } = new("leases/run");

    /// <summary>Does a run.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">Hears how it goes on.</param>
    /// <param name="cancellationToken">Ends it; the report says so.</param>
    /// <returns>The report, which is in the lake, too. Failures of files, models and audits are in it, not thrown.</returns>
    /// <exception cref="LakeLeasedException">Another run builds on this lake.</exception>
    /// <exception cref="ClockBehindException">This machine's clock is before the end of the last run.</exception>
    public async Task<RunReport> RunAsync(RunRequest request, IRunProgress progress, CancellationToken cancellationToken)
    {
        var run = await RunClock.BeginAsync(lake, context.Time, cancellationToken);
        var asOf = request.AsOf ?? context.Kpis.Today(context.Time);
        using var scope = RunScope(context.Logger, run.Value);
        await using var lease = request.Includes(RunStage.Transform)
            ? await LeaseAsync(lake, $"run {run}", cancellationToken)
            : null;
        progress.Began(run, asOf);
        var record = new RunRecord(run, asOf, context.Kpis.Variables(asOf));
        try
        {
            await WorkAsync(request, record, lease, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            record.Canceled();
        }
        catch (Exception exception)
        {
            record.Failed(exception.Message);
            if (exception is not (TransformException or IOException or UnauthorizedAccessException))
            {
                await ReportAsync(run, record.Report(context.Time.GetUtcNow()));
                throw;
            }
        }

        var report = record.Report(context.Time.GetUtcNow());
        await ReportAsync(run, report);
        RunEnded(
            context.Logger, report.Status, report.Published, report.Streams.Count, report.Files.Count, report.Landed, report.Models.Count, report.Quarantined, report.Error);
        return report;
    }

    /// <summary>Keeps runs that build, and whatever else needs the lake to itself, from one another until it is disposed.</summary>
    /// <exception cref="LakeLeasedException">Someone else holds it.</exception>
    internal static Task<ILakeLease> LeaseAsync(ILake lake, string holder, CancellationToken cancellationToken) =>
        lake.LeaseAsync(Lease, HolderOf(holder), cancellationToken);

    /// <summary>Who holds a lease, and where, for those who wait.</summary>
    internal static string HolderOf(string work) => $"{work} on {Environment.MachineName}, process {Environment.ProcessId}";

    [LoggerMessage(
        LogLevel.Information,
        "Run ended {Status}, published {Published}: {Streams} streams, {Files} files, {Landed} rows landed, {Models} models, {Quarantined} rows in quarantine. {Error}")]
    private static partial void RunEnded(
        ILogger logger, RunStatus status, bool published, int streams, int files, long landed, int models, long quarantined, string? error);

    private async Task WorkAsync(RunRequest request, RunRecord record, ILakeLease? lease, IRunProgress progress, CancellationToken cancellationToken)
    {
        var catalog = CatalogReader.Read(context.Transform);
        if (request.Includes(RunStage.Extract))
        {
            progress.Entered(RunStage.Extract);
            record.Streams = await sources.SweepAsync(record.Run, request, progress, cancellationToken);
        }

        if (request.Includes(RunStage.Intake))
        {
            progress.Entered(RunStage.Intake);
            record.Files = await sweep.SweepAsync(record.Run, LandingTables.Of(catalog), progress, cancellationToken);
        }

        if (request.Includes(RunStage.Transform))
        {
            progress.Entered(RunStage.Transform);
            record.Models = await transformer.BuildAsync(catalog, record.AsOf, progress, cancellationToken);
        }

        if (!request.Includes(RunStage.Publish) || record.Models.Any(model => !model.IsGood))
        {
            return;
        }

        if (await gate.ProblemAsync(record.Models, cancellationToken) is { } problem)
        {
            record.Failed(problem);
        }
        else if (!request.IsDryRun)
        {
            await RestateAsync(catalog, record, progress, cancellationToken);
            progress.Entered(RunStage.Publish);
            var marts = record.Models.Where(model => catalog.Models.TryGetValue(model.Name, out var known) && known.Layer == Layer.Marts).ToList();
            await publisher.PublishAsync(
                record.Run, record.AsOf, marts, catalog.Marts.ToDictionary(mart => mart.Name, mart => mart.Contract!, StringComparer.Ordinal), lease!, cancellationToken);
            record.IsPublished = true;
        }
    }

    /// <summary>What the run corrects of what was published is part of what it publishes.</summary>
    private async Task RestateAsync(Catalog catalog, RunRecord record, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (await restatements.LandAsync(catalog, record, cancellationToken))
        {
            var first = record.Models.ToDictionary(model => model.Name, StringComparer.Ordinal);
            var second = await transformer.BuildAsync(catalog, record.AsOf, progress, cancellationToken);
            record.Models = [.. second.Select(model => model.Outcome == BuildOutcome.Unchanged ? first.GetValueOrDefault(model.Name, model) : model)];
        }
    }

    /// <summary>Writes the report and lands it; a run that was ended from outside still reports.</summary>
    private async Task ReportAsync(RunId run, RunReport report)
    {
        await lake.WriteOnceAsync(
            RunReport.PathOf(run.Value), (stream, token) => JsonSerializer.SerializeAsync(stream, report, RunReportJson.Readable, token), CancellationToken.None);
        var payload = JsonSerializer.Serialize(report, RunReportJson.Compact);
        var page = new RawPage([new RawRecord(report.Id, report.EndedAt, IsDeleted: false, Position: 1, payload)], []);
        await new Lander(lake, context.Time).LandAsync(
            RunReport.Stream, run, "report", "the report of the run", AsyncEnumerable.Repeat(page, 1), CancellationToken.None);
    }
}
