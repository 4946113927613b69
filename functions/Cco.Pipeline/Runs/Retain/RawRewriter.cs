using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Writes raw and quarantine files that are to stand in the place of others. DuckDB does it, so memory does not grow with them.</summary>
internal sealed class RawRewriter(ILake lake, Engine engine)
{
    /// <summary>Writes the records of a select as a file of the lake, unless it is there from an attempt before.</summary>
    /// <param name="session">Where the select is run.</param>
    /// <param name="select">The records, in order.</param>
    /// <param name="origin">What they were read from.</param>
    /// <param name="place">How far their stream has been read with them; null where the files say nothing of it.</param>
    /// <param name="path">Where the file goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(EngineSession session, string select, string origin, string? place, LakePath path, CancellationToken cancellationToken)
    {
        var scratch = engine.Scratch.File($"{Fingerprint.Of([path.Value])}.parquet");
        var metadata = place is null ? $"{{origin: {Sql.Text(origin)}}}" : $"{{origin: {Sql.Text(origin)}, {RawFooter.Place}: {Sql.Text(place)}}}";
        session.Execute($"copy (\n{select}\n) to {Sql.Text(scratch)} (format parquet, compression zstd, kv_metadata {metadata})", cancellationToken);
        await lake.ImportOnceAsync(scratch, path, cancellationToken);
    }

    /// <summary>What a file says besides its records.</summary>
    public static string? Metadata(EngineSession session, string localFile, string key) => session.Query(
        $"select decode(value) from parquet_kv_metadata({Sql.Text(localFile)}) where decode(key) = {Sql.Text(key)}", reader => reader.GetString(0)).FirstOrDefault();
}
