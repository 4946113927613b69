using System.Text;
using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class TextEncodingTests
{
    private static readonly string German =
        "id;name\n" + string.Concat(Enumerable.Range(0, 100).Select(id => $"{id};Müller und Söhne, Große Straße – „München“\n"));

    private static readonly Encoding Windows = TextEncoding.Named("windows-1252");

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_byte_order_mark_says_what_the_encoding_is(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var drop = await Drop.ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("id,name\n1,Zoë 😀\n")], Drop.Customers);

        Assert.Equal("""{"id":"1","name":"Zoë \uD83D\uDE00"}""", Assert.Single(drop.Payloads));
    }

    [Fact]
    public async Task A_confident_guess_is_taken()
    {
        var drop = await Drop.ReadAsync(Windows.GetBytes(German), Drop.Customers);

        Assert.Equal(100, drop.Records.Count);
        Assert.Equal("""{"id":"0","name":"Müller und Söhne, Große Straße – „München“"}""", drop.Payloads[0]);
    }

    [Fact]
    public async Task A_doubtful_byte_rejects_its_row_instead_of_becoming_another_character()
    {
        byte[] bytes = [.. "id,name\n1,Mu"u8, 0xF1, .. "oz\n2,b\n"u8];

        var drop = await Drop.ReadAsync(bytes);

        Assert.Equal(["""{"id":"2","name":"b"}"""], drop.Payloads);
        Assert.Equal(2, Assert.Single(drop.Rejected).Position);
        Assert.Contains("landing/customers.yaml (csv: { encoding: ", drop.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_bytes_in_UTF_8_do_not_make_it_another_encoding()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(German), .. "x;b"u8, 0xC3, 0x28, .. "\n"u8];

        var drop = await Drop.ReadAsync(bytes, Drop.Customers);

        Assert.Equal(100, drop.Records.Count);
        Assert.Contains("Große", drop.Payloads[0], StringComparison.Ordinal);
        Assert.Equal(102, Assert.Single(drop.Rejected).Position);
    }

    [Fact]
    public async Task The_table_overrules_the_guess()
    {
        var table = Drop.Table(LandingColumns.Any, new CsvFormat(encoding: "windows-1251"));

        var drop = await Drop.ReadAsync(TextEncoding.Named("windows-1251").GetBytes("id,name\n1,Иван\n"), table);

        Assert.Equal(["""{"id":"1","name":"Иван"}"""], drop.Payloads);
    }

    [Fact]
    public async Task UTF_16_without_a_mark_is_read_where_the_table_says_so_and_refused_where_not()
    {
        var bytes = Encoding.Unicode.GetBytes("id,name\n1,a\n");

        var drop = await Drop.ReadAsync(bytes, Drop.Table(LandingColumns.Any, new CsvFormat(encoding: "utf-16")));
        var failure = await Drop.FailureAsync(bytes);

        Assert.Equal(["""{"id":"1","name":"a"}"""], drop.Payloads);
        Assert.Contains("it is not text: there are NUL bytes in it", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_the_encoding_does_not_have_fail_the_file()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("id,name\n1,a"), 0x00, 0xDC, .. Encoding.Unicode.GetBytes("\n")];

        var failure = await Drop.FailureAsync(bytes);

        Assert.Contains("its text is not in the encoding", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_encoding_of_the_tables_CSV_is_not_that_of_its_JSON()
    {
        var table = Drop.Table(LandingColumns.Any, new CsvFormat(encoding: "windows-1252"));

        var drop = await Drop.ReadAsync("""{"name":"Zoë"}""", table, "customers.json");

        Assert.Equal(["""{"name":"Zoë"}"""], drop.Payloads);
    }
}
