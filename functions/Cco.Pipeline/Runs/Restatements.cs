using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Corrections to the past do not vanish: before a run is published, each number of a period that was over when the run before was published,
/// and that is not what that run said, lands as a record with what it was, what it is, and why.
/// </summary>
public sealed class Restatements(ILake lake, Lander lander, RunContext context)
{
    private const int PageRows = 10_000;
    private const int FilesNamed = 20;

    private static readonly IReadOnlyList<string> Columns = ["kpi", "period_type", "period_start", "segment_dimension", "segment_value"];

    /// <summary>The stream the records land in.</summary>
    public static StreamName Stream { get; } = new("pipeline", "kpi_restatement");

    /// <summary>Lands what a run restates of what is published.</summary>
    /// <param name="run">The run, which has built all its results.</param>
    /// <param name="cancellationToken">Ends it; nothing lands.</param>
    /// <returns>True if something landed: then what reads it is to be built again.</returns>
    internal async Task<bool> LandAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var now = run.Models.FirstOrDefault(model => model.Name == KpiComparison.Kpis);
        var published = await Manifest.ReadAsync(lake, cancellationToken);
        if (now?.Path is null || published?.Tables.FirstOrDefault(table => table.Name == KpiComparison.Kpis) is not { } before || before.Fingerprint == now.Fingerprint)
        {
            return false;
        }

        var files = await FilesSinceAsync(published.RunId, cancellationToken);
        var circumstances = new Circumstances(
            run.Run.Value, context.Time.GetUtcNow(), await CauseAsync(run, published, files.Count > 0, cancellationToken), Named(files));
        var payloads = await FindAsync(published, new LakePath(before.Path), now.Path, circumstances, cancellationToken);
        if (payloads.Count == 0)
        {
            return false;
        }

        var pages = payloads.Chunk(PageRows).Select((page, number) => new RawPage(
            [.. page.Select((row, position) => new RawRecord(row.Id, circumstances.At, IsDeleted: false, (number * PageRows) + position + 1, row.Payload))], []));
        await lander.LandAsync(Stream, run.Run, "restatement", "numbers that are not what was published", pages.ToAsyncEnumerable(), cancellationToken);
        return true;
    }

    private static string Named(IReadOnlyList<string> files) =>
        string.Join(", ", files.Take(FilesNamed)) + (files.Count > FilesNamed ? $", and {files.Count - FilesNamed} more" : "");

    /// <summary>The raw files that runs after this one landed; the pipeline's reports on itself change no KPI.</summary>
    private async Task<IReadOnlyList<string>> FilesSinceAsync(string run, CancellationToken cancellationToken) =>
        await lake.ListAsync(RawPath.Root, cancellationToken)
            .Select(file => file.Path)
            .Where(path => path.Name.EndsWith(".parquet", StringComparison.Ordinal) && RawPath.StreamOf(path) is { Source: not "pipeline" })
            .Where(path => string.CompareOrdinal(RawPath.RunOf(path), run) > 0)
            .Select(path => path.Value)
            .OrderBy(path => path, StringComparer.Ordinal)
            .ToListAsync(cancellationToken);

    /// <summary>What is common to all numbers; a definition that changed is seen at each of them.</summary>
    private async Task<string> CauseAsync(RunRecord run, Manifest published, bool hasLanded, CancellationToken cancellationToken)
    {
        static bool Matters(KeyValuePair<string, string> setting) => setting.Key != "as_of";
        var before = await RunReport.ReadAsync(lake, published.RunId, cancellationToken);
        return before is not null && !run.Settings.Where(Matters).ToHashSet().SetEquals(before.Settings.Where(Matters)) ? "settings"
            : hasLanded ? "records"
            : run.AsOf == published.AsOf ? "models"
            : "time";
    }

    private async Task<IReadOnlyList<(string Id, string Payload)>> FindAsync(
        Manifest published, LakePath before, LakePath after, Circumstances circumstances, CancellationToken cancellationToken)
    {
        using var engine = Engine.Open(context.Transform);
        using var session = engine.Session();
        var one = Sql.Parquet([await lake.LocalAsync(before, cancellationToken)]);
        var other = Sql.Parquet([await lake.LocalAsync(after, cancellationToken)]);
        return session.Query(
            $$"""
            with differing as (
                select {{string.Join(", ", Columns)}},
                    coalesce(before.period_end, after.period_end) as period_end,
                    before.numerator as reported_numerator, before.denominator as reported_denominator, before.value as reported_value,
                    after.numerator as restated_numerator, after.denominator as restated_denominator, after.value as restated_value,
                    before.definition_version <> after.definition_version as is_redefined
                {{KpiComparison.Differing(one, other)}}
            ),
            listed_before as (select distinct kpi, period_type, period_start from {{one}}),
            listed_after as (select distinct kpi, period_type, period_start from {{other}}),
            restated as (
                select
                    {{Sql.Text(published.RunId)}} as reported_run_id,
                    strftime(timestamp '{{published.PublishedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}}', '%Y-%m-%dT%H:%M:%S.%fZ') as reported_at,
                    {{Sql.Text(circumstances.Run)}} as restated_run_id,
                    strftime(timestamp '{{circumstances.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}}', '%Y-%m-%dT%H:%M:%S.%fZ') as restated_at,
                    case when is_redefined then 'definition' else {{Sql.Text(circumstances.Cause)}} end as cause,
                    {{Sql.Text(circumstances.Files)}} as raw_files,
                    differing.* exclude (is_redefined)
                from differing
                -- A period that one of the two does not list at all is not restated: it is new, or no longer kept.
                semi join listed_before using (kpi, period_type, period_start)
                semi join listed_after using (kpi, period_type, period_start)
                where period_end <= date '{{published.AsOf:yyyy-MM-dd}}'
            )
            select concat_ws('/', reported_run_id, {{string.Join(", ", Columns)}}), to_json(restated)::varchar from restated order by 1
            """,
            reader => (reader.GetString(0), reader.GetString(1)),
            cancellationToken);
    }

    private sealed record Circumstances(string Run, DateTimeOffset At, string Cause, string Files);
}
