using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Corrections to the past do not vanish: before a run is published, each number of a period that was over when the run before was published,
/// and that is not what that run said, lands as a record with what it was, what it is, and why.
/// </summary>
public sealed class Restatements(ILake lake, Lander lander, Transformer transformer, RunContext context)
{
    /// <summary>The cause of a number that is computed otherwise.</summary>
    internal const string Models = "models";

    /// <summary>The cause of a number that what landed in between has changed.</summary>
    internal const string Records = "records";

    /// <summary>The cause of numbers while records that their sources had deleted went for good: whatever else has changed is not told from it.</summary>
    private const string Retention = "retention";

    private const int PageRows = 10_000;
    private const int FilesNamed = 20;
    private const string Cell = "kpi, period_type, period_start, segment_dimension, segment_value";

    /// <summary>The stream the numbers land in.</summary>
    public static StreamName Stream { get; } = new("pipeline", "kpi_restatement");

    /// <summary>The stream the records behind them land in.</summary>
    public static StreamName RecordStream { get; } = new("pipeline", "kpi_restatement_record");

    /// <summary>Lands what a run restates of what is published.</summary>
    /// <param name="catalog">The models of the run.</param>
    /// <param name="run">The run, which has built all its results.</param>
    /// <param name="cancellationToken">Ends it; nothing lands.</param>
    /// <returns>True if something landed: then what reads it is to be built again.</returns>
    internal async Task<bool> LandAsync(Catalog catalog, RunRecord run, CancellationToken cancellationToken)
    {
        var now = run.Models.FirstOrDefault(model => model.Name == KpiComparison.Kpis);
        var published = await Manifest.ReadAsync(lake, cancellationToken);
        if (now?.Path is null || published?.Tables.FirstOrDefault(table => table.Name == KpiComparison.Kpis) is not { } before)
        {
            return false;
        }

        var unpublished = await UnpublishedAsync(published, cancellationToken);
        if (before.Fingerprint == now.Fingerprint && unpublished.Count == 0)
        {
            return false;
        }

        using var engine = Engine.Open(context.Transform);
        using var session = engine.Session();
        var one = Sql.Parquet([await lake.LocalAsync(new LakePath(before.Path), cancellationToken)]);
        var other = Sql.Parquet([await lake.LocalAsync(now.Path, cancellationToken)]);
        var count = Find(session, published, one, other, cancellationToken);
        if (count == 0 && unpublished.Count == 0)
        {
            return false;
        }

        var report = await RunReport.ReadAsync(lake, published.RunId, cancellationToken);
        var raw = await RawFiles.ListAsync(lake, cancellationToken);
        var files = raw.After(RunId.Parse(published.RunId)).ToList();
        var isThinned = raw.OfSources.SelectMany(file => file.Holds).Any(held => held.ThinnedAt > published.PublishedAt);
        var causes = new FoundCauses(isThinned ? Retention : CauseOf(run, published, report, files.Count > 0), null);
        if (count > 0 && causes.Cause == Records && report is not null && RestatementCauses.CanFind(catalog))
        {
            var restated = engine.Scratch.File("restated.parquet");
            session.Execute($"copy restated to {Sql.Text(restated)} (format parquet)", cancellationToken);
            causes = await new RestatementCauses(lake, transformer, catalog, engine.Scratch).FindAsync(Sql.Parquet([restated]), raw, published, report, run, cancellationToken);
        }

        var at = context.Time.GetUtcNow();
        Tell(session, new Circumstances(published, run, at, Named(files), causes), cancellationToken);
        Withdraw(session, unpublished, cancellationToken);
        await LandAsync(session, "restatement_record", RecordStream, "records behind numbers that are not what was published", run, at, cancellationToken);
        await LandAsync(session, "restatement", Stream, "numbers that are not what was published", run, at, cancellationToken);
        return true;
    }

    private static string Named(List<RawFile> files) =>
        string.Join(", ", files.Take(FilesNamed).Select(file => file.Holds[0].Path)) + (files.Count > FilesNamed ? $", and {files.Count - FilesNamed} more" : "");

    /// <summary>What is common to all numbers; a definition that changed is seen at each of them.</summary>
    private static string CauseOf(RunRecord run, Manifest published, RunReport? report, bool hasLanded)
    {
        static bool Matters(KeyValuePair<string, string> setting) => setting.Key is not ("as_of" or KpiOptions.ShownNames);
        return report is not null && !run.Settings.Where(Matters).ToHashSet().SetEquals(report.AllSettings().Where(Matters)) ? "settings"
            : hasLanded ? Records
            : run.AsOf == published.AsOf ? Models
            : "time";
    }

    /// <summary>Finds the numbers that differ: <c>restated</c>.</summary>
    /// <returns>How many there are.</returns>
    private static long Find(EngineSession session, Manifest published, string before, string after, CancellationToken cancellationToken)
    {
        session.Execute(
            $"""
            create temp table restated as
            with differing as (
                select {Cell},
                    coalesce(before.period_end, after.period_end) as period_end,
                    before.numerator as reported_numerator, before.denominator as reported_denominator, before.value as reported_value,
                    after.numerator as restated_numerator, after.denominator as restated_denominator, after.value as restated_value,
                    before.definition_version <> after.definition_version as is_redefined
                {KpiComparison.Differing(before, after)}
            ),
            listed_before as (select distinct kpi, period_type, period_start from {before}),
            listed_after as (select distinct kpi, period_type, period_start from {after})
            select row_number() over (order by {Cell}) as restated_id, differing.*
            from differing
            -- A period that one of the two does not list at all is not restated: it is new, or no longer kept.
            semi join listed_before using (kpi, period_type, period_start)
            semi join listed_after using (kpi, period_type, period_start)
            where period_end <= date '{published.AsOf:yyyy-MM-dd}'
            """,
            cancellationToken);
        return session.Scalar<long>("select count(*) from restated", cancellationToken);
    }

    /// <summary>Tells what was found as the records that are to land: <c>restatement</c> and <c>restatement_record</c>.</summary>
    private static void Tell(EngineSession session, Circumstances circumstances, CancellationToken cancellationToken)
    {
        var (published, run, at, files, causes) = circumstances;
        var isPartial = causes.Records?.IsPartial == true;
        static string Instant(DateTimeOffset instant) => $"strftime(timestamp '{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}', '%Y-%m-%dT%H:%M:%S.%fZ')";
        session.Execute(
            $"""
            create temp table restatement as
            with told as (
                select
                    {Sql.Text(published.RunId)} as reported_run_id,
                    {Instant(published.PublishedAt)} as reported_at,
                    {Sql.Text(run.Run.Value)} as restated_run_id,
                    {Instant(at)} as restated_at,
                    case
                        when is_redefined then 'definition'
                        when counts.record_count = 0 and {(run.AsOf != published.AsOf && !isPartial ? "true" : "false")} then 'time'
                        else {Sql.Text(causes.Cause)}
                    end as cause,
                    {Sql.Text(files)} as raw_files,
                    {(isPartial ? "true" : "false")} as is_record_count_partial,
                    case when cause = {Sql.Text(Records)} then counts.record_count end as record_count,
                    restated.* exclude (is_redefined)
                from restated
                left join {causes.Records?.Counts ?? "(select null::bigint as restated_id, null::bigint as record_count where false)"} as counts using (restated_id)
            )
            select
                restated_id as row_id,
                concat_ws('/', reported_run_id, {Cell}) as id,
                false as is_deleted,
                record_count > 0 as has_records,
                to_json(told)::varchar as payload
            from told
            """,
            cancellationToken);
        session.Execute(
            causes.Records is null
            ? "create temp table restatement_record as select row_id, id, is_deleted, payload from restatement where false"
            : $"""
            create temp table restatement_record as
            with told as (
                select
                    {Sql.Text(published.RunId)} as reported_run_id,
                    {Sql.Text(run.Run.Value)} as restated_run_id,
                    {Cell},
                    named.* exclude (restated_id)
                from {causes.Records.Named} as named
                inner join restated using (restated_id)
                semi join (select row_id from restatement where has_records) as caused on named.restated_id = caused.row_id
            )
            select
                row_number() over (order by {Cell}, record_number) as row_id,
                concat_ws('/', reported_run_id, restated_run_id, {Cell}, record_number) as id,
                false as is_deleted,
                to_json(told)::varchar as payload
            from told
            """,
            cancellationToken);
    }

    /// <summary>What runs that were ended before they published had told and this one does not is deleted: nobody ever published it.</summary>
    private static void Withdraw(EngineSession session, IReadOnlyCollection<string> unpublished, CancellationToken cancellationToken)
    {
        if (unpublished.Count > 0)
        {
            session.Execute(
                $$"""
                insert into restatement
                select (select count(*) from restatement) + row_number() over (order by record_id), record_id, true, false, '{}'
                from (select distinct record_id from {{Sql.Parquet(unpublished)}} where not is_deleted)
                where record_id not in (select id from restatement)
                """,
                cancellationToken);
        }
    }

    /// <summary>The files of numbers that runs after the published one have landed: none of them has published.</summary>
    private async Task<IReadOnlyCollection<string>> UnpublishedAsync(Manifest published, CancellationToken cancellationToken) =>
        await CountedFile.ListAsync(lake, RawPath.FolderOf(Stream), cancellationToken)
            .Where(file => string.CompareOrdinal(RawPath.RunOf(file.Path), published.RunId) > 0)
            .Select(async (file, token) => await lake.LocalAsync(file.Path, token))
            .ToListAsync(cancellationToken);

    /// <summary>Lands the records of a table, unless there are none.</summary>
    private async Task LandAsync(EngineSession session, string table, StreamName stream, string origin, RunRecord run, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var count = session.Scalar<long>($"select count(*) from {table}", cancellationToken);
        if (count > 0)
        {
            await lander.LandAsync(stream, run.Run, table, origin, Pages().ToAsyncEnumerable(), cancellationToken);
        }

        IEnumerable<RawPage> Pages()
        {
            for (var first = 1L; first <= count; first += PageRows)
            {
                yield return new RawPage(
                    session.Query(
                        $"select row_id, id, is_deleted, payload from {table} where row_id between {first} and {first + PageRows - 1} order by row_id",
                        reader => new RawRecord(reader.GetString(1), at, reader.GetBoolean(2), reader.GetInt64(0), reader.GetString(3)),
                        cancellationToken),
                    []);
            }
        }
    }

    private sealed record Circumstances(Manifest Published, RunRecord Run, DateTimeOffset At, string Files, FoundCauses Causes);
}
