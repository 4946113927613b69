using System.IO.Compression;
using System.Text;
using Cco.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Tests.Intake;

/// <summary>Drops bytes as a file, and says what was read from it.</summary>
internal sealed record Drop(IReadOnlyList<RawRecord> Records, IReadOnlyList<RejectedRow> Rejected)
{
    public static DateTimeOffset ReadAt { get; } = new(2026, 4, 1, 6, 0, 0, TimeSpan.Zero);

    public static LandingTable Customers { get; } = Table(new LandingColumns(recordId: ["id"]));

    public string[] Payloads => [.. Records.Select(record => record.Payload)];

    public static LandingTable Table(LandingColumns columns, CsvFormat? csv = null) =>
        new("customers", new StreamName("crm", "customer"), columns, csv ?? CsvFormat.Sniffed);

    public static Task<Drop> ReadAsync(string text, LandingTable? table = null, string name = "customers.csv") =>
        ReadAsync(Encoding.UTF8.GetBytes(text), table, name);

    public static async Task<Drop> ReadAsync(byte[] bytes, LandingTable? table = null, string name = "customers.csv", IntakeOptions? options = null)
    {
        var file = new DroppedFile(name, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        var reader = new FileReader(Options.Create(options ?? new IntakeOptions()), NullLogger<FileReader>.Instance);
        var records = new List<RawRecord>();
        var rejected = new List<RejectedRow>();
        await foreach (var page in reader.ReadAsync(file, table ?? Table(LandingColumns.Any), ReadAt, CancellationToken.None))
        {
            records.AddRange(page.Records);
            rejected.AddRange(page.Rejected);
        }

        return new Drop(records, rejected);
    }

    public static async Task<string> FailureAsync(byte[] bytes, LandingTable? table = null, string name = "customers.csv", IntakeOptions? options = null) =>
        (await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(bytes, table, name, options))).Message;

    public static Task<string> FailureAsync(string text, LandingTable? table = null, string name = "customers.csv", IntakeOptions? options = null) =>
        FailureAsync(Encoding.UTF8.GetBytes(text), table, name, options);

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Zip(params (string Name, byte[] Content)[] files) => Zip(CompressionLevel.Optimal, files);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    public static byte[] Zip(string name, string text) => Zip((name, Encoding.UTF8.GetBytes(text)));
}
