using System.IO.Compression;
using System.Text;
using Cco.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Tests.Intake;

public sealed class UnpackerTests
{
    private const string Csv = "id,name\n1,a\n2,b\n";

    [Fact]
    public async Task Gzip_and_zip_are_opened_whatever_the_name()
    {
        var gzip = await Drop.ReadAsync(Drop.Gzip(Csv), Drop.Customers, "customers.csv");
        var zip = await Drop.ReadAsync(Drop.Zip("any", Csv), Drop.Customers, "customers.csv");

        Assert.Equal(["1", "2"], gzip.Records.Select(record => record.RecordId));
        Assert.Equal(["1", "2"], zip.Records.Select(record => record.RecordId));
    }

    [Fact]
    public async Task Gzip_files_that_were_joined_are_one()
    {
        var drop = await Drop.ReadAsync([.. Drop.Gzip("id\n1\n"), .. Drop.Gzip("2\n")], Drop.Customers);

        Assert.Equal(["1", "2"], drop.Records.Select(record => record.RecordId));
    }

    [Fact]
    public async Task The_name_under_gzip_tells_JSON_from_CSV_where_the_content_does_not()
    {
        var failure = await Drop.FailureAsync(Drop.Gzip("id\n1\n"), name: "a.json.gz");

        Assert.Contains("no JSON object", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(5000)]
    public async Task A_gzip_file_that_is_cut_off_fails(int missing)
    {
        var packed = Drop.Gzip("id\n" + string.Concat(Enumerable.Range(0, 5000).Select(id => $"{id * 7919 % 5003}\n")));

        var failure = await Drop.FailureAsync(packed[..^missing]);

        Assert.Contains("its compressed data is damaged or cut off", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_file_with_a_wrong_checksum_fails()
    {
        var packed = Drop.Gzip(Csv);
        packed[^6] ^= 1;

        Assert.Contains("damaged or cut off", await Drop.FailureAsync(packed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_zip_are_read_by_name_each_with_its_own_header_and_positions_go_on()
    {
        var packed = Drop.Zip(
            ("2.csv", "name;id\nc;3\nbad\n"u8.ToArray()), ("1.csv", Encoding.UTF8.GetBytes(Csv)), ("folder/", []), ("__MACOSX/._1.csv", [0, 1, 2]));

        var drop = await Drop.ReadAsync(packed, Drop.Customers);

        Assert.Equal([("1", 2L), ("2", 3L), ("3", 5L)], drop.Records.Select(record => (record.RecordId, record.Position)));
        Assert.Equal((6L, "The row has 1 cells where the header has 2. (2.csv:3)"), (Assert.Single(drop.Rejected).Position, drop.Rejected[0].Reason));
    }

    [Fact]
    public async Task A_failure_within_a_zip_names_the_file_in_it()
    {
        var failure = await Drop.FailureAsync(Drop.Zip(("1.csv", Encoding.UTF8.GetBytes(Csv)), ("2.csv", "name\nc\n"u8.ToArray())), Drop.Customers, "drop.zip");

        Assert.StartsWith("drop.zip (2.csv): there is no column 'id'", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_two_kinds_in_a_zip_are_refused()
    {
        var failure = await Drop.FailureAsync(Drop.Zip(("1.csv", Encoding.UTF8.GetBytes(Csv)), ("2.json", "{\"id\":1}"u8.ToArray())));

        Assert.Contains("(2.json): the archive holds files of more than one kind", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_zip_fails_at_its_checksum()
    {
        var packed = Drop.Zip(CompressionLevel.NoCompression, ("1.csv", Encoding.UTF8.GetBytes(Csv)));
        packed[packed.AsSpan().IndexOf("1,a"u8) + 2] = (byte)'x';

        Assert.Contains("(1.csv): its content does not match its checksum", await Drop.FailureAsync(packed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_that_is_cut_off_fails()
    {
        var packed = Drop.Zip("1.csv", Csv);

        Assert.Contains("damaged or cut off", await Drop.FailureAsync(packed[..^30]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_zip_is_refused()
    {
        var packed = Drop.Zip("1.csv", Csv);
        packed[6] |= 1;
        packed[packed.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        Assert.Contains("(1.csv): it is encrypted", await Drop.FailureAsync(packed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_zip_and_an_Office_document_are_refused()
    {
        var empty = await Drop.FailureAsync(Drop.Zip());
        var office = await Drop.FailureAsync(Drop.Zip(("[Content_Types].xml", "<x/>"u8.ToArray()), ("xl/workbook.xml", "<x/>"u8.ToArray())));

        Assert.Contains("the archive holds no file", empty, StringComparison.Ordinal);
        Assert.Contains("an Office document (such as .xlsx)", office, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archives_in_archives_are_refused()
    {
        foreach (var packed in new[] { Drop.Gzip(Drop.Gzip(Csv)), Drop.Zip(("a.gz", Drop.Gzip(Csv))), Drop.Zip(("a.zip", Drop.Zip("a.csv", Csv))), Drop.Gzip(Drop.Zip("a.csv", Csv)) })
        {
            Assert.Contains("an archive is packed in an archive", await Drop.FailureAsync(packed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bombs_are_refused_by_how_far_they_expand()
    {
        var blanks = Encoding.UTF8.GetBytes("id\n1" + new string('\n', 60 << 20));

        foreach (var packed in new[] { Drop.Gzip(blanks), Drop.Zip(("a.csv", blanks)) })
        {
            Assert.Contains("more than 200 times its compressed size", await Drop.FailureAsync(packed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_packed_or_not()
    {
        var options = new IntakeOptions { MaxFileBytes = 1 << 20 };
        var text = Encoding.UTF8.GetBytes("id\n" + string.Concat(Enumerable.Range(0, 200_000).Select(id => $"{id}\n")));

        foreach (var bytes in new[] { text, Drop.Gzip(text), Drop.Zip(("a.csv", text)) })
        {
            Assert.Contains("it holds more than 1,048,576 bytes of data", await Drop.FailureAsync(bytes, options: options), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_no_table_is_refused_by_its_kind()
    {
        Assert.Contains("it is a PNG image", await Drop.FailureAsync([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("it is a PDF document", await Drop.FailureAsync("%PDF-1.7\n"), StringComparison.Ordinal);
        Assert.Contains("it is not text: there are NUL bytes", await Drop.FailureAsync([1, 2, 0, 4, 5]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_files_are_refused_packed_or_not()
    {
        foreach (var bytes in new[] { [], Drop.Gzip([]), Drop.Zip(("a.csv", [])) })
        {
            Assert.Contains("it is empty (0 bytes)", await Drop.FailureAsync(bytes), StringComparison.Ordinal);
        }

        Assert.Contains("nothing but empty lines", await Drop.FailureAsync("\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_removed_is_named()
    {
        var file = new DroppedFile("gone.csv", _ => throw new FileNotFoundException());
        var reader = new FileReader(Options.Create(new IntakeOptions()), NullLogger<FileReader>.Instance);

        await using var pages = reader.ReadAsync(file, Drop.Customers, Drop.ReadAt, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var failure = await Assert.ThrowsAsync<UnreadableFileException>(() => pages.MoveNextAsync().AsTask());

        Assert.StartsWith("gone.csv: it was removed before it could be read.", failure.Message, StringComparison.Ordinal);
    }
}
