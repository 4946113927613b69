using System.IO.Compression;
using System.Text;

namespace Cco.Pipeline.IntegrationTests.Retain;

/// <summary>Looks for a text in all of a folder: names, bytes, and what is packed or in tables. By other means than the library.</summary>
internal static class LakeGrep
{
    /// <summary>The files that have it.</summary>
    public static IReadOnlyList<string> Find(string folder, string text) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Has(file, text)).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    private static bool Has(string file, string text)
    {
        var value = text.Replace("'", "''", StringComparison.Ordinal).ToLowerInvariant();
        if (Contains(file, text) || Contains(Encoding.Latin1.GetString(File.ReadAllBytes(file)), text))
        {
            return true;
        }

        return Path.GetExtension(file) switch
        {
            ".parquet" => Duck.Query($"select 1 from read_parquet('{file}') as found where contains(lower(found::varchar), '{value}') limit 1").Count > 0
                || Duck.Query($"select 1 from parquet_kv_metadata('{file}') where contains(lower(decode(value)), '{value}') limit 1").Count > 0,
            ".duckdb" => Duck.Query("select table_name from duckdb_tables()", file)
                .Any(table => Duck.Query($"select 1 from \"{table}\" as found where contains(lower(found::varchar), '{value}') limit 1", file).Count > 0),
            ".gz" => Contains(Unpacked(new GZipStream(File.OpenRead(file), CompressionMode.Decompress)), text),
            ".zip" => Zipped(file).Any(content => Contains(content, text)),
            _ => false,
        };
    }

    private static bool Contains(string where, string text) => where.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static List<string> Zipped(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return [.. zip.Entries.Select(entry => entry.FullName + Unpacked(entry.Open()))];
    }

    private static string Unpacked(Stream packed)
    {
        using var reader = new StreamReader(packed);
        return reader.ReadToEnd();
    }
}
