using System.IO.Compression;
using System.Text;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Finds who is to be forgotten in files of the lake, whatever these are: the values of tables, text in its usual encodings, and what is packed.</summary>
internal sealed class LakeSearch(ILake lake, Engine engine, Sought sought)
{
    private const int Chunk = 1 << 20;
    private const int Overlap = 4 * Sought.LongestWord;
    private const int Depth = 4;

    private static readonly byte[] Gzip = [0x1f, 0x8b];
    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] Table = "PAR1"u8.ToArray();
    private static readonly byte[][] Packed = [Gzip, Zip, Table];

    private static readonly Encoding[] Narrow = [Encoding.UTF8, Encoding.Latin1];
    private static readonly Encoding[] Wide = [Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>Looks for them in a file and its name.</summary>
    /// <returns>What was found; null: nothing.</returns>
    public async Task<FoundFile?> FindAsync(LakePath path, CancellationToken cancellationToken)
    {
        if (sought.IsNamedIn(path.Value))
        {
            return new FoundFile(path, null);
        }

        var isDatabase = path.Name.EndsWith(".duckdb", StringComparison.Ordinal);
        if (isDatabase || (path.Segments[0] is "stage" or "models" or "marts" && path.Name.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            var rows = Count(await lake.LocalAsync(path, cancellationToken), isDatabase, cancellationToken);
            return rows > 0 ? new FoundFile(path, rows) : null;
        }

        await using var content = await lake.OpenReadAsync(path, cancellationToken);
        return await IsInAsync(content, Depth, cancellationToken) ? new FoundFile(path, null) : null;
    }

    private long Count(string local, bool isDatabase, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        if (!isDatabase)
        {
            return Count(session, Sql.Parquet([local]), cancellationToken);
        }

        session.Execute($"attach {Sql.Text(local)} as searched (read_only)", cancellationToken);
        try
        {
            var tables = session.Query("select table_name from duckdb_tables() where database_name = 'searched'", reader => reader.GetString(0), cancellationToken);
            return tables.Sum(table => Count(session, $"searched.{Sql.Name(table)}", cancellationToken));
        }
        finally
        {
            session.Execute("detach searched", CancellationToken.None);
        }
    }

    /// <summary>Counts the rows of a table that name them.</summary>
    private long Count(EngineSession session, string relation, CancellationToken cancellationToken) => session.Read(
        $"select record from (select found::varchar as record from {relation} as found) where {sought.MayName("record")}",
        reader =>
        {
            var count = 0L;
            while (reader.Read())
            {
                count += sought.IsNamedIn(reader.GetString(0)) ? 1 : 0;
            }

            return count;
        },
        cancellationToken);

    private async Task<bool> IsInAsync(Stream content, int depth, CancellationToken cancellationToken)
    {
        var local = engine.Scratch.File(Path.GetRandomFileName());
        try
        {
            var head = new byte[4];
            await using var copy = new FileStream(local, FileMode.CreateNew, FileAccess.ReadWrite);
            await content.CopyToAsync(copy, cancellationToken);
            await copy.FlushAsync(cancellationToken);
            copy.Position = 0;
            var length = await copy.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            copy.Position = 0;
            var kind = depth == 0 ? null : Array.Find(Packed, magic => length >= magic.Length && head.AsSpan(0, magic.Length).SequenceEqual(magic));
            try
            {
                return kind == Table ? Count(local, isDatabase: false, cancellationToken) > 0
                    : kind == Zip ? await IsInZipAsync(copy, depth, cancellationToken)
                    : kind == Gzip ? await IsInPackedAsync(new GZipStream(copy, CompressionMode.Decompress, leaveOpen: true), depth, cancellationToken)
                    : await IsInTextAsync(copy, cancellationToken);
            }
            catch (Exception exception) when (exception is InvalidDataException or EngineException)
            {
                // It only begins like that, or is broken, as files in landing-failed/ are.
                copy.Position = 0;
                return await IsInTextAsync(copy, cancellationToken);
            }
        }
        finally
        {
            File.Delete(local);
        }
    }

    private async Task<bool> IsInPackedAsync(Stream packed, int depth, CancellationToken cancellationToken)
    {
        await using (packed)
        {
            return await IsInAsync(packed, depth - 1, cancellationToken);
        }
    }

    private async Task<bool> IsInZipAsync(Stream file, int depth, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var entry in zip.Entries)
        {
            if (sought.IsNamedIn(entry.FullName) || await IsInPackedAsync(await entry.OpenAsync(cancellationToken), depth, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsInTextAsync(Stream text, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk + Overlap];
        var kept = 0;
        while (await text.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
        {
            var length = kept + read;
            var isWide = buffer.AsSpan(0, length).Contains((byte)0);
            if (Narrow.Concat(isWide ? Wide : []).Any(encoding => sought.IsNamedIn(encoding.GetString(buffer, 0, length))))
            {
                return true;
            }

            kept = Math.Min(Overlap, length);
            Buffer.BlockCopy(buffer, length - kept, buffer, 0, kept);
        }

        return false;
    }
}
