using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// The records that their source has deleted some time ago, with all that was ever known of them: each version, and what says that they are
/// deleted. Taken out of raw files in one moment for all streams, they are as if they had never landed. Those of dropped files are not among
/// them: a file says that a record is deleted in a column of its own.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="engine">Reads and writes the files.</param>
/// <param name="before">The pipeline knew before this instant that they are deleted.</param>
internal sealed class DeletedRecords(ILake lake, Engine engine, DateTimeOffset before)
{
    private const string Gone = "gone";

    /// <summary>Counts them by stream; changes nothing.</summary>
    public Task<IReadOnlyList<VacuumedRecords>> CountAsync(CancellationToken cancellationToken) => EachAsync((_, _, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Takes them out. For holders of the lease of runs.</summary>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Ends it; then either all are there or none is.</param>
    /// <returns>How many they were, by stream.</returns>
    public async Task<IReadOnlyList<VacuumedRecords>> TakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var written = new List<CountedFile>();
        var taken = await EachAsync(
            async (session, file, local) =>
            {
                if (session.Scalar<bool>($"select exists (from {Sql.Parquet([local])} where record_id in (from {Gone}))", cancellationToken))
                {
                    written.Add(await WriteAsync(session, file, local, now, cancellationToken));
                }
            },
            cancellationToken);
        if (written.Count > 0)
        {
            await (await StandIns.ReadAsync(lake, cancellationToken)).ReplaceAsync(lake, written, cancellationToken);
        }

        return taken;
    }

    /// <summary>Does something with each file of the streams that have such records, which are in <c>gone</c> then.</summary>
    private async Task<IReadOnlyList<VacuumedRecords>> EachAsync(Func<EngineSession, RawFile, string, Task> work, CancellationToken cancellationToken)
    {
        var streams = new List<VacuumedRecords>();
        var raw = await RawFiles.ListAsync(lake, cancellationToken);
        foreach (var files in raw.OfSources.GroupBy(file => file.Stream))
        {
            using var session = engine.Session();
            var locals = new List<string>();
            foreach (var file in files)
            {
                locals.Add(await lake.LocalAsync(file.Path, cancellationToken));
            }

            var count = Find(session, locals, cancellationToken);
            if (count == 0)
            {
                continue;
            }

            streams.Add(new VacuumedRecords(files.Key.ToString(), count));
            foreach (var (file, local) in files.Zip(locals))
            {
                await work(session, file, local);
            }
        }

        return streams;
    }

    /// <summary>A record that came back after it was deleted is not deleted: versions are compared as a build compares them.</summary>
    private long Find(EngineSession session, IEnumerable<string> locals, CancellationToken cancellationToken)
    {
        session.Execute(
            $"""
            create or replace temp table {Gone} as
            select record_id
            from read_parquet([{string.Join(", ", locals.Select(Sql.Text))}], union_by_name = true)
            group by all
            having coalesce(
                    max(row(updated_at, extracted_at)) filter (is_deleted) >= max(row(updated_at, extracted_at)) filter (not is_deleted),
                    bool_or(is_deleted)
                )
                and max(extracted_at) filter (is_deleted) < timestamp '{before.UtcDateTime:yyyy-MM-dd HH:mm:ss}'
            """,
            cancellationToken);
        return session.Scalar<long>($"select count(*) from {Gone}", cancellationToken);
    }

    /// <summary>Writes the file without them; it does not count yet. Its name is new each time: one that was left behind may be without others.</summary>
    private async Task<CountedFile> WriteAsync(EngineSession session, RawFile file, string local, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var revision = Fingerprint.Of([file.Path.Value, $"{now:O}"]);
        var path = StandIns.PathOf(file.Path, revision);
        await new RawRewriter(lake, engine).WriteAsync(
            session,
            $"""
            select * exclude (file_row_number)
            from read_parquet({Sql.Text(local)}, file_row_number = true)
            where record_id not in (from {Gone})
            order by file_row_number
            """,
            RawRewriter.Metadata(session, local),
            path,
            cancellationToken);
        return new CountedFile(path, [.. file.Holds.Select(held => held with { Revision = revision, ThinnedAt = now })]);
    }
}
