using System.Globalization;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Holds back a publication that would go without too many rows of a stream. What counts are the rows that landed since the marts were published
/// last, so that a run that failed for them is not followed by one that finds nothing new and publishes all the same.
/// </summary>
public sealed class QuarantineGate(ILake lake, QuarantineOptions options, TransformOptions transform)
{
    private const int Reasons = 3;

    /// <summary>What keeps the run from publishing; null where nothing does.</summary>
    /// <param name="models">What the run has built.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string?> ProblemAsync(IReadOnlyList<BuiltModel> models, CancellationToken cancellationToken)
    {
        var rejected = models.FirstOrDefault(model => model.Name == BuildPlan.Rejected);
        if (rejected is not { Rows: > 0 })
        {
            return null;
        }

        var published = (await Manifest.ReadAsync(lake, cancellationToken))?.RunId;
        var raw = await RawFiles.ListAsync(lake, cancellationToken);
        var landed = (published is null ? raw.OfSources : raw.After(RunId.Parse(published))).ToList();
        if (landed.Count == 0)
        {
            return null;
        }

        using var engine = Engine.Open(transform);
        using var session = engine.Session();
        await CountAsync(session, rejected, landed, published ?? "", cancellationToken);
        var streams = session.Query(
            $"""
            select stream, bad_rows, all_rows from streams
            where bad_rows > {options.ToleratedRows} and bad_rows > all_rows * {options.MaxShare.ToString(CultureInfo.InvariantCulture)}
            order by stream
            """,
            reader => (Stream: reader.GetString(0), Bad: reader.GetInt64(1), All: reader.GetInt64(2)),
            cancellationToken);
        return streams.Count == 0 ? null : Message(session, streams, published);
    }

    /// <summary>A row is bad once, whatever is wrong with it; one that could not be read has no id, and is in no raw file.</summary>
    private async Task CountAsync(EngineSession session, BuiltModel rejected, List<RawFile> landed, string published, CancellationToken cancellationToken)
    {
        var files = new List<(string Stream, string Local)>();
        foreach (var file in landed)
        {
            files.Add((Sql.Text(file.Stream.ToString()), Sql.Text(await lake.LocalAsync(file.Path, cancellationToken))));
        }

        session.Execute(
            $"""
            create temp table rejected as
            select * from {Sql.Parquet([await lake.LocalAsync(rejected.Path!, cancellationToken)])}
            where run_id > {Sql.Text(published)};
            create temp table landed as
            select stream, sum(num_rows)::bigint as landed_rows
            from (values {string.Join(", ", files.Select(file => $"({file.Stream}, {file.Local})"))}) as given (stream, file_name)
            inner join parquet_file_metadata([{string.Join(", ", files.Select(file => file.Local))}]) using (file_name)
            group by all;
            create temp table streams as
            select
                stream,
                count(distinct (run_id, "file", position, record_id)) as bad_rows,
                coalesce(any_value(landed_rows), 0) + count(distinct (run_id, "file", position)) filter (where record_id is null) as all_rows
            from rejected left join landed using (stream)
            group by all
            """,
            cancellationToken);
    }

    private string Message(EngineSession session, List<(string Stream, long Bad, long All)> streams, string? published)
    {
        var lines = streams.Select(stream => FormattableString.Invariant(
            $"{stream.Stream}: {stream.Bad:N0} of {stream.All:N0} rows ({(double)stream.Bad / stream.All:P1}): {string.Join("; ", ReasonsOf(session, stream.Stream))}."));
        return FormattableString.Invariant(
            $"""
            Too many rows that landed {(published is null ? "until now" : $"since run {published}")} cannot be used (setting Quarantine:MaxShare allows {options.MaxShare:P1} of a stream), so nothing was published:
                {string.Join("\n    ", lines)}
            `cco quarantine show {streams[0].Stream}` shows the rows. Mend the model or the description in landing/ and run again, or, if the numbers may go without these rows, raise Quarantine:MaxShare for one run.
            """);
    }

    private static List<string> ReasonsOf(EngineSession session, string stream) => session.Query(
        $"""
        select format('{"{:,}"} x {"{}"}', count(*), trim(concat_ws(' ', nullif(column_name, ''), reason))) from rejected
        where stream = {Sql.Text(stream)}
        group by column_name, reason
        order by count(*) desc, column_name, reason
        limit {Reasons}
        """,
        reader => reader.GetString(0));
}
