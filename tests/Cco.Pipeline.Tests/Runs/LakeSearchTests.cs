using System.IO.Compression;
using System.Text;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

public sealed class LakeSearchTests : IDisposable
{
    private const string Ada = "ada@acme.example";
    private const string Row = $"7,Ada,{Ada},1\n";

    private static readonly Dictionary<string, byte[]> Holding = new(StringComparer.Ordinal)
    {
        ["text.csv"] = Encoding.UTF8.GetBytes(Row),
        ["wide.csv"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Row)],
        ["other-way.csv"] = [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Row)],
        ["escaped.json"] = """{"email":"ADA\u0040acme.example"}"""u8.ToArray(),
        ["after a line break.json"] = """{"text":"Hello,\nada@acme.example"}"""u8.ToArray(),
        ["at the end of a sentence.txt"] = "Ask 'ada@acme.example'."u8.ToArray(),
        ["link.txt"] = "https://acme.example/?mail=ada%40acme.example&x=1"u8.ToArray(),
        ["packed.csv.gz"] = Gzip(Encoding.UTF8.GetBytes(Row)),
        ["archive.zip"] = Zip("rows.csv", Encoding.UTF8.GetBytes(Row)),
        ["archive of packed.zip"] = Zip("rows.csv.gz", Gzip(Encoding.UTF8.GetBytes(Row))),
        ["named inside.zip"] = Zip($"{Ada}.csv", []),
        ["table.parquet"] = Parquet($"select 7 as id, {{'mail': '{Ada}'}} as person"),
        ["table without its ending"] = Parquet($"select 7 as id, '{Ada}' as mail"),
        ["archive of a table.zip"] = Zip("rows.parquet", Parquet($"select '{Ada}' as mail")),
        ["not whole.zip"] = [.. "PK\u0003\u0004"u8, .. Encoding.UTF8.GetBytes(Row)],
        ["far inside.csv"] = [.. Enumerable.Repeat((byte)'x', (1 << 20) - 5), (byte)'\n', .. Encoding.UTF8.GetBytes(Row)],
        [$"of {Ada}.csv"] = [],
    };

    private static readonly Dictionary<string, byte[]> NotHolding = new(StringComparer.Ordinal)
    {
        ["others.csv"] = "1,nada@acme.example\n2,ada@acme.examples\n3,ada@acme\n4,x.ada@acme.example\n5,ada@acme.example.org\n"u8.ToArray(),
        ["others.csv.gz"] = Gzip("1,x.ada@acme.example2\n"u8.ToArray()),
        ["others.parquet"] = Parquet("select 'bad-ada@acme.example' as mail"),
        ["nothing.csv"] = [],
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-search-");
    private readonly Engine engine = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });

    private FolderLake Lake => new(folder.FullName);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Holders() => [.. Holding.Keys];

    public static TheoryData<string> Others() => [.. NotHolding.Keys];

    [Theory]
    [MemberData(nameof(Holders))]
    public async Task Someone_is_found_in_a_file_whatever_that_is(string name) => Assert.True(await IsFoundAsync(name, Holding[name]));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Whoever_has_a_similar_address_is_not(string name) => Assert.False(await IsFoundAsync(name, NotHolding[name]));

    public void Dispose()
    {
        engine.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> IsFoundAsync(string name, byte[] content)
    {
        var path = new LakePath($"landing-done/t/{name}");
        await Lake.WriteOnceAsync(path, (stream, token) => stream.WriteAsync(content, token).AsTask(), Cancel);
        var sought = new Sought(new ForgetRequest([Ada], []), new KeyedHash("0123456789abcdef0123456789abcdef"));
        return await new LakeSearch(Lake, engine, sought).FindAsync(path, Cancel) is not null;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(string name, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry(name).Open())
        {
            entry.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Parquet(string select)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy ({select}) to '{file}' (format parquet)";
        command.ExecuteNonQuery();
        var content = File.ReadAllBytes(file);
        File.Delete(file);
        return content;
    }
}
