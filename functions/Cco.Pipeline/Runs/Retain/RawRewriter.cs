using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Writes raw and quarantine files that are to stand in the place of others. DuckDB does it, so memory does not grow with them.</summary>
internal sealed class RawRewriter(ILake lake, Engine engine)
{
    /// <summary>Writes the records of a select as a file of the lake, unless it is there from an attempt before.</summary>
    /// <param name="session">Where the select is run.</param>
    /// <param name="select">The records, in order.</param>
    /// <param name="metadata">What the file says besides them, by key.</param>
    /// <param name="path">Where the file goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(EngineSession session, string select, IReadOnlyDictionary<string, string> metadata, LakePath path, CancellationToken cancellationToken)
    {
        var scratch = engine.Scratch.File($"{Fingerprint.Of([path.Value])}.parquet");
        var said = string.Join(", ", metadata.Select(entry => $"{Sql.Text(entry.Key)}: {Sql.Text(entry.Value)}"));
        session.Execute($"copy (\n{select}\n) to {Sql.Text(scratch)} (format parquet, compression zstd, kv_metadata {{{said}}})", cancellationToken);
        await lake.ImportOnceAsync(scratch, path, cancellationToken);
    }

    /// <summary>What a file says besides its records, by key.</summary>
    public static Dictionary<string, string> Metadata(EngineSession session, string localFile) => session.Query(
        $"select decode(key), decode(value) from parquet_kv_metadata({Sql.Text(localFile)})", reader => (Key: reader.GetString(0), Value: reader.GetString(1)))
        .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
}
