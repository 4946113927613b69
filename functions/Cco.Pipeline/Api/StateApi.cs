using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Api;

/// <summary>What can be asked of the state of the pipeline: its health, its runs, what is published.</summary>
internal sealed class StateApi(ILake lake)
{
    /// <summary>The routes.</summary>
    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", "/health/live", "isLive", "Whether the program answers.", (_, _) => Task.FromResult(ApiAnswer.Of(new ApiHealth(IsLive: true, IsReady: null))))
        {
            Response = typeof(ApiHealth),
        },
        new("GET", "/health", "isReady", "Whether the program answers, and reaches the lake.", HealthAsync) { Response = typeof(ApiHealth), Problems = [503] },
        new("GET", "/runs", "listRuns", "The latest runs.", RunsAsync)
        {
            Response = typeof(IReadOnlyList<RunSummary>),
            Query = [ApiCall.LimitParameter],
        },
        new("GET", "/runs/{id}", "getRun", "The report of a run.", RunAsync) { Response = typeof(RunReport), Problems = [404] },
        new("GET", "/marts", "getMarts", "The tables that are published, and the files that hold them.", MartsAsync) { Response = typeof(Manifest), Problems = [404] },
    ];

    private async Task<ApiAnswer> HealthAsync(ApiCall call, CancellationToken cancellationToken)
    {
        await Manifest.ReadAsync(lake, cancellationToken);
        return ApiAnswer.Of(new ApiHealth(IsLive: true, IsReady: true));
    }

    private async Task<ApiAnswer> RunsAsync(ApiCall call, CancellationToken cancellationToken) => ApiAnswer.Of(
        await RunReport.LatestFirstAsync(lake, cancellationToken).Take(call.Limit).Select(RunSummary.Of).ToListAsync(cancellationToken));

    private async Task<ApiAnswer> RunAsync(ApiCall call, CancellationToken cancellationToken) => ApiAnswer.Of(
        await RunReport.ReadAsync(lake, RunId.Parse(call.Id).Value, cancellationToken) ?? throw new FileNotFoundException($"There is no report of a run '{call.Id}'; /api/runs lists those that there are."));

    private async Task<ApiAnswer> MartsAsync(ApiCall call, CancellationToken cancellationToken) => ApiAnswer.Of(
        await Manifest.ReadAsync(lake, cancellationToken) ?? throw new FileNotFoundException("Nothing has been published yet: a run publishes."));
}

/// <summary>How the program is.</summary>
/// <param name="IsLive">It answers.</param>
/// <param name="IsReady">It reaches the lake; null: that was not asked.</param>
internal sealed record ApiHealth(bool IsLive, bool? IsReady);

/// <summary>A run in a few words; its report has more.</summary>
/// <param name="Id">The run.</param>
/// <param name="AsOf">The first day its numbers do not cover.</param>
/// <param name="Status">How it ended.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="Published">It published the marts.</param>
/// <param name="Landed">The records that landed.</param>
/// <param name="Quarantined">The rows in quarantine.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record RunSummary(
    string Id, DateOnly AsOf, RunStatus Status, DateTimeOffset StartedAt, DateTimeOffset EndedAt, bool Published, long Landed, long Quarantined, string? Error)
{
    public static RunSummary Of(RunReport report) =>
        new(report.Id, report.AsOf, report.Status, report.StartedAt, report.EndedAt, report.Published, report.Landed, report.Quarantined, report.Error);
}
