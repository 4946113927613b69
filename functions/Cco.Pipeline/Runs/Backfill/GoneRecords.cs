using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// The records of a window that are known and that the vendor gave no more when the window was read again. A tombstone has the time of change of
/// the version it ends, so that a version which is newer and has not been read yet wins over it, and the payload of that version, so that what staging
/// models make of its parts ends, too.
/// </summary>
internal sealed class GoneRecords : IDisposable
{
    private const int PageRecords = 1_000;

    private readonly Engine engine;
    private readonly EngineSession session;

    private GoneRecords(Engine engine) => (this.engine, session) = (engine, engine.Session());

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Finds them, among all raw files of the stream.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="options">What the engine may use.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="place">What the raw files of the window are told by.</param>
    /// <param name="belongs">The condition that a record lies in the window, over <c>payload</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ExtractException">The vendor gave nothing at all: that is more likely a fault than true.</exception>
    public static async Task<GoneRecords> FindAsync(
        ILake lake, TransformOptions options, StreamName stream, SweepPlace place, string belongs, CancellationToken cancellationToken)
    {
        var (known, read) = (new List<string>(), new List<string>());
        await foreach (var file in CountedFile.ListAsync(lake, RawPath.FolderOf(stream), cancellationToken))
        {
            (place.Sequence(file.Path) > 0 ? read : known).Add(await lake.LocalAsync(file.Path, cancellationToken));
        }

        var gone = new GoneRecords(Engine.Open(options));
        try
        {
            gone.Compare(stream, known, read, belongs, cancellationToken);
            return gone;
        }
        catch
        {
            gone.Dispose();
            throw;
        }
    }

    /// <summary>The condition that a record lies in a window of time by one of its fields.</summary>
    public static string Between(string field, InstantFormat format, Window window)
    {
        var value = $"(case when json_valid(payload) then payload ->> {Sql.Text("$" + string.Concat(field.Split('/').Select(part => $".\"{part}\"")))} end)";
        var instant = format switch
        {
            InstantFormat.Unix => $"to_timestamp(try_cast({value} as double))",
            InstantFormat.UnixMilliseconds => $"to_timestamp(try_cast({value} as double) / 1000)",
            _ => $"try_cast({value} as timestamptz)",
        };
        return $"{instant} >= {Literal(window.From)} and {instant} < {Literal(window.To)}";
    }

    /// <summary>A tombstone for each.</summary>
    public async IAsyncEnumerable<RawPage> Tombstones()
    {
        await Task.CompletedTask;
        for (var offset = 0L; offset < Count; offset += PageRecords)
        {
            var records = session.Query(
                $"select record_id, updated_at, payload from gone order by record_id limit {PageRecords} offset {offset}",
                reader => new RawRecord(reader.GetString(0), new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(1), DateTimeKind.Utc)), IsDeleted: true, 0, reader.GetString(2)));
            yield return new RawPage(records, []);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        session.Dispose();
        engine.Dispose();
    }

    private void Compare(StreamName stream, List<string> known, List<string> read, string belongs, CancellationToken cancellationToken)
    {
        if (known.Count == 0)
        {
            return;
        }

        session.Execute(
            $"""
            create temp table given as select distinct record_id from {Sql.Parquet(read)} where not is_deleted;
            create temp table gone as
            with

            latest as (
                select record_id, updated_at, is_deleted, payload
                from {Sql.Parquet([.. known, .. read])}
                qualify row_number() over (partition by record_id order by updated_at desc, extracted_at desc, run_id desc, position desc) = 1
            )

            select record_id, updated_at, payload
            from latest
            where not is_deleted and {belongs} and record_id not in (select record_id from given)
            """,
            cancellationToken);
        Count = session.Scalar<long>("select count(*) from gone", cancellationToken);
        if (Count > 0 && session.Scalar<long>("select count(*) from given", cancellationToken) == 0)
        {
            throw new ExtractException(
                $"{stream}: the vendor gave no record of the window at all, where {Count:N0} are known. Nothing is counted as deleted. Look whether the credentials still see them; if they are gone indeed, ask for a longer span that holds records which are not.");
        }
    }

    private static string Literal(DateTimeOffset instant) => $"timestamptz '{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss}+00'";
}
