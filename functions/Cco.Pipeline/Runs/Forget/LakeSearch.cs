using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Runs;

/// <summary>Finds values in files of the lake, whatever these are: the values of tables, text in its usual encodings, and what is packed.</summary>
internal sealed class LakeSearch
{
    private const string Before = "A-Za-z0-9_+-";
    private const string After = "A-Za-z0-9_-";
    private const int Chunk = 1 << 20;
    private const int Overlap = 4_096;
    private const int Depth = 4;

    private static readonly byte[] Gzip = [0x1f, 0x8b];
    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] Table = "PAR1"u8.ToArray();
    private static readonly byte[][] Packed = [Gzip, Zip, Table];

    private readonly ILake lake;
    private readonly Engine engine;
    private readonly string inTables;
    private readonly Regex inText;

    public LakeSearch(ILake lake, Engine engine, IEnumerable<string> values)
    {
        (this.lake, this.engine) = (lake, engine);
        var forms = values.Select(value => Regex.Escape(value).Replace("@", @"(?:@|%40|\\u0040)", StringComparison.Ordinal)).ToList();
        inTables = $"(^|[^{Before}])({string.Join('|', forms)})($|[^{After}])";
        var wide = values.SelectMany(value => new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 }.Select(encoding => Regex.Escape(Encoding.Latin1.GetString(encoding.GetBytes(value)))));
        inText = new Regex(
            $"(?<![{Before}])(?:{string.Join('|', forms.Concat(wide))})(?![{After}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
    }

    /// <summary>Looks for the values in a file and its name.</summary>
    /// <returns>What was found; null: nothing.</returns>
    public async Task<FoundFile?> FindAsync(LakePath path, CancellationToken cancellationToken)
    {
        var isNamed = inText.IsMatch(path.Value);
        if (isNamed || IsLock(path))
        {
            return isNamed ? new FoundFile(path, null) : null;
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

    /// <summary>A file that only its name means something by; someone may hold it at this moment.</summary>
    private static bool IsLock(LakePath path) => path.Segments[0] is "leases" or ".locks";

    private long Count(string local, bool isDatabase, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        if (!isDatabase)
        {
            return session.Scalar<long>(Counting(Sql.Parquet([local])), cancellationToken);
        }

        session.Execute($"attach {Sql.Text(local)} as searched (read_only)", cancellationToken);
        try
        {
            var tables = session.Query("select table_name from duckdb_tables() where database_name = 'searched'", reader => reader.GetString(0), cancellationToken);
            return tables.Sum(table => session.Scalar<long>(Counting($"searched.{Sql.Name(table)}"), cancellationToken));
        }
        finally
        {
            session.Execute("detach searched", CancellationToken.None);
        }
    }

    private string Counting(string relation) => $"select count(*) from {relation} as found where regexp_matches(found::varchar, {Sql.Text(inTables)}, 'i')";

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
            catch (Exception exception) when (exception is InvalidDataException or DuckDBException)
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
            if (inText.IsMatch(entry.FullName) || await IsInPackedAsync(await entry.OpenAsync(cancellationToken), depth, cancellationToken))
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
        while (await text.ReadAsync(buffer.AsMemory(kept), cancellationToken) is var read and > 0)
        {
            var length = kept + read;
            if (inText.IsMatch(Encoding.Latin1.GetString(buffer, 0, length)))
            {
                return true;
            }

            kept = Math.Min(Overlap, length);
            Buffer.BlockCopy(buffer, length - kept, buffer, 0, kept);
        }

        return false;
    }
}
