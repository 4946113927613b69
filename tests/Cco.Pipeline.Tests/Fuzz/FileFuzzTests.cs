using System.Text;
using System.Text.Json;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Tests.Intake;
using Cco.Pipeline.Tests.Laws.Companies;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Tests.Fuzz;

/// <summary>Damaged files of every format: each is read or refused with a reason, whatever is in it. The number of an input makes it again.</summary>
public sealed class FileFuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 2_000;
    private const int ManyInputs = 100_000;

    private const string Csv = "id,name,amount,updated_at\n1,\"a \"\"quoted\"\" one\",1.50,2026-01-01T00:00:00Z\n2,\"two\nlines\",,\n3,é漢😀,-7,2026-02-03\n";
    private const string Lines = "{\"id\":1,\"name\":\"a\",\"plan\":{\"id\":[1,{\"x\":null}]}}\n\n{\"id\":2,\"updated_at\":\"2026-01-01\"}\n{\"id\":\"3\",\"\\u00e9\":1e3}\n";

    private static readonly IntakeOptions Limits = new() { MaxFileBytes = 1 << 20, MaxRecordBytes = 64 << 10 };
    private static readonly Lazy<byte[]> ParquetFile = new(Parquet);

    public static TheoryData<string> Formats { get; } = ["csv", "lines", "array", "parquet", "gzip", "zip"];

    [Theory]
    [MemberData(nameof(Formats))]
    public Task A_damaged_file_is_read_or_refused(string format) => TryAsync(format, Inputs);

    /// <summary>The same for 100,000 files a format: <c>./cco test --all</c>.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Formats))]
    public Task Many_damaged_files_are_read_or_refused(string format) => TryAsync(format, ManyInputs);

    private async Task TryAsync(string format, int count)
    {
        var (name, whole) = Whole(format);
        var refused = 0;
        await Parallel.ForAsync(0, count, TestContext.Current.CancellationToken, async (number, _) =>
        {
            var file = ByteEdits.Some.Numbered(number)(whole);
            try
            {
                Sound(format, file, await Drop.ReadAsync(file, Drop.Customers, name, Limits));
            }
            catch (UnreadableFileException exception)
            {
                Assert.True(exception.Message.StartsWith(name, StringComparison.Ordinal) && exception.Message.Length < 10_000, exception.Message);
                Interlocked.Increment(ref refused);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Input {number} of {format}: {Convert.ToBase64String(file)}", exception);
            }
        });
        output.WriteLine($"{format}: {count - refused:N0} of {count:N0} files read, {refused:N0} refused.");
        Assert.InRange(refused, 0, count - 1);
    }

    /// <summary>What was read is JSON objects with ids, no more of it than the file can hold; of lines none is lost.</summary>
    private static void Sound(string format, byte[] file, Drop drop)
    {
        foreach (var record in drop.Records)
        {
            using var payload = JsonDocument.Parse(record.Payload);
            Assert.Equal(JsonValueKind.Object, payload.RootElement.ValueKind);
            Assert.NotEmpty(record.RecordId);
        }

        Assert.All(drop.Rejected, row => Assert.NotEmpty(row.Reason));
        Assert.InRange(drop.Records.Count + drop.Rejected.Count, 0, (int)Limits.MaxFileBytes);
        if (format == "lines" && file.AsSpan().TrimStart("\uFEFF"u8.ToArray()).StartsWith("{\""u8))
        {
            var lines = file.AsSpan().Count((byte)'\n') + 1 - Blank(file);
            Assert.Equal(lines, drop.Records.Count + drop.Rejected.Count);
        }
    }

    private static int Blank(byte[] file) => Encoding.Latin1.GetString(file).Split('\n').Count(line => line.Trim(' ', '\t', '\r').Length == 0);

    private static (string Name, byte[] Whole) Whole(string format) => format switch
    {
        "csv" => ("a.csv", Encoding.UTF8.GetBytes(Csv)),
        "lines" => ("a.ndjson", Encoding.UTF8.GetBytes(Lines)),
        "array" => ("a.json", Encoding.UTF8.GetBytes($"[{string.Join(',', Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))}]")),
        "gzip" => ("a.csv.gz", Drop.Gzip(Csv)),
        "zip" => ("a.zip", Drop.Zip(("1.csv", Encoding.UTF8.GetBytes(Csv)), ("2.csv", Encoding.UTF8.GetBytes(Csv)))),
        _ => ("a.parquet", ParquetFile.Value),
    };

    private static byte[] Parquet()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy (select i as id, 'n' || i as name, i / 7.0 as number, [i, i + 1] as list, {{'a': i}} as nested from range(500) as r (i)) to '{file}' (format parquet, row_group_size 200)";
        command.ExecuteNonQuery();
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }
}
