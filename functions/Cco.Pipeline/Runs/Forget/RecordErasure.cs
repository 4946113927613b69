using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Finds the records of those who are to be forgotten in a raw or quarantine file, and writes the file that stands in its place.</summary>
/// <param name="lake">The lake.</param>
/// <param name="engine">Reads and writes the files.</param>
/// <param name="sought">Who they are.</param>
internal sealed class RecordErasure(ILake lake, Engine engine, Sought sought)
{
    private const string Erased = "erased";

    private readonly Eraser eraser = sought.Eraser;
    private readonly RawRewriter rewriter = new(lake, engine);

    /// <summary>Counts the records that name one of them; the name of what the file was made of counts as one, too.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> CountAsync(CountedFile file, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        var local = await lake.LocalAsync(file.Path, cancellationToken);
        return Find(session, local, cancellationToken) + (IsNamed(session, local) ? 1 : 0);
    }

    /// <summary>Writes the file in whose records they are replaced by pseudonyms; it does not count yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="erasure">The id of the erasure.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The new file; null where none of them is in the old one.</returns>
    public async Task<CountedFile?> WriteAsync(CountedFile file, string erasure, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        var local = await lake.LocalAsync(file.Path, cancellationToken);
        if (Find(session, local, cancellationToken) == 0 && !IsNamed(session, local))
        {
            return null;
        }

        var revision = Fingerprint.Of([erasure, file.Path.Value]);
        var target = new CountedFile(StandIns.PathOf(file.Path, revision), [.. file.Holds.Select(held => held with { Revision = revision })]);
        await rewriter.WriteAsync(
            session,
            $"""
            select records.* exclude (file_row_number) replace (
                coalesce(erased.record_id, records.record_id) as record_id,
                {(SaysOrigin(session, local) ? $"coalesce(erased.origin, records.\"{LakeCompaction.FileColumn}\") as \"{LakeCompaction.FileColumn}\"," : "")}
                coalesce(erased.payload, records.payload) as payload
            )
            from read_parquet({Sql.Text(local)}, file_row_number = true) as records
            left join {Erased} as erased on records.file_row_number = erased.row_number
            order by records.file_row_number
            """,
            RawRewriter.Metadata(session, local).ToDictionary(entry => entry.Key, entry => Erase(entry.Key, entry.Value), StringComparer.Ordinal),
            target.Path,
            cancellationToken);
        return target;
    }

    /// <summary>Finds the records: <c>erased</c> has each as it is to be.</summary>
    /// <returns>How many there are.</returns>
    private long Find(EngineSession session, string local, CancellationToken cancellationToken)
    {
        session.Execute($"create or replace temp table {Erased} (row_number bigint, record_id varchar, payload varchar, origin varchar)", cancellationToken);
        session.Transfer(
            $"""
            select file_row_number, record_id, payload, {(SaysOrigin(session, local) ? $"\"{LakeCompaction.FileColumn}\"" : "''")} as origin
            from read_parquet({Sql.Text(local)}, file_row_number = true)
            where {sought.MayName("record_id || ' ' || payload || ' ' || origin")}
            """,
            Rows,
            Erased,
            cancellationToken);
        return session.Scalar<long>($"select count(*) from {Erased}", cancellationToken);
    }

    private IEnumerable<IReadOnlyList<object?>> Rows(System.Data.Common.DbDataReader reader)
    {
        while (reader.Read())
        {
            var record = new RawRecord(reader.GetString(1), default, IsDeleted: false, 0, reader.GetString(2));
            var origin = reader.GetString(3);
            if (eraser.TryErase(record, out var erased) | !ReferenceEquals(eraser.Text(origin), origin))
            {
                yield return [reader.GetInt64(0), erased.RecordId, erased.Payload, eraser.Text(origin)];
            }
        }
    }

    /// <summary>The file was made of several, and says of each record what it was read from.</summary>
    private static bool SaysOrigin(EngineSession session, string local) =>
        session.Describe($"select * from {Sql.Parquet([local])}").Exists(column => column.Name == LakeCompaction.FileColumn);

    /// <summary>
    /// What a file says besides its records: what it was made of, the fields they have, whose names may be addresses, and a place, which may name
    /// the last of them.
    /// </summary>
    private string Erase(string name, string value) =>
        name == RawFooter.Origin ? eraser.Text(value)
        : name == RawFooter.Place || name.StartsWith(RawFooter.Fields, StringComparison.Ordinal) ? eraser.Json(value)
        : value;

    private bool IsNamed(EngineSession session, string local) =>
        RawRewriter.Metadata(session, local).Any(entry => !ReferenceEquals(Erase(entry.Key, entry.Value), entry.Value));
}
