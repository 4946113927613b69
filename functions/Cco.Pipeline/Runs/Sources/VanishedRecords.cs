using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// The records of one whole reading of a stream that the next one does not have any more. DuckDB compares their ids, so memory does not grow
/// with them.
/// </summary>
internal sealed class VanishedRecords : IDisposable
{
    private const int PageRecords = 5_000;

    private readonly Engine? engine;
    private readonly EngineSession? session;

    private VanishedRecords()
    {
    }

    private VanishedRecords(Engine engine, StreamName stream, string earlier, string later)
    {
        this.engine = engine;
        session = engine.Session();
        session.Execute(
            $"""
            create temp table earlier as select distinct record_id from {earlier} where not is_deleted;
            create temp table later as select distinct record_id from {later} where not is_deleted;
            create temp table gone as select record_id from earlier except select record_id from later
            """);
        Count = session.Scalar<long>("select count(*) from gone");
        if (Count > 0 && session.Scalar<long>("select count(*) from later") == 0)
        {
            throw new ExtractException(
                $"{stream}: the vendor gave no record at all, where there were {Count:N0} before. Nothing is counted as deleted. If all of them are gone indeed, delete '{StreamState.PathOf(stream)}' from the lake after deleting them there.");
        }
    }

    /// <summary>How many there are.</summary>
    public long Count { get; }

    /// <summary>Compares two readings.</summary>
    public static async Task<VanishedRecords> FindAsync(
        ILake lake, TransformOptions options, StreamName stream, WholeReading before, WholeReading now, CancellationToken cancellationToken)
    {
        var files = await CountedFile.ListAsync(lake, RawPath.FolderOf(stream), cancellationToken).ToListAsync(cancellationToken);
        var (earlier, later) = (await LocalAsync(lake, files, before, cancellationToken), await LocalAsync(lake, files, now, cancellationToken));
        return earlier.Count == 0 ? new VanishedRecords() : new VanishedRecords(Engine.Open(options), stream, Sql.Parquet(earlier), Sql.Parquet(later));
    }

    /// <summary>A tombstone for each.</summary>
    public async IAsyncEnumerable<RawPage> Tombstones(DateTimeOffset at)
    {
        await Task.CompletedTask;
        for (var offset = 0L; offset < Count; offset += PageRecords)
        {
            var ids = session!.Query($"select record_id from gone order by record_id limit {PageRecords} offset {offset}", reader => reader.GetString(0));
            yield return new RawPage([.. ids.Select(id => new RawRecord(id, at, IsDeleted: true, 0, "{}"))], []);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        session?.Dispose();
        engine?.Dispose();
    }

    private static async Task<List<string>> LocalAsync(ILake lake, List<CountedFile> files, WholeReading reading, CancellationToken cancellationToken)
    {
        var local = new List<string>();
        foreach (var file in files.Where(file => long.TryParse(RawPath.PartOf(file.Path), out var sequence) && sequence >= reading.First && sequence <= reading.Last))
        {
            local.Add(await lake.LocalAsync(file.Path, cancellationToken));
        }

        return local;
    }
}
