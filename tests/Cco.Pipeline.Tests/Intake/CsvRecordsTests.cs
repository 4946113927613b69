using System.Text;
using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class CsvRecordsTests
{
    [Fact]
    public async Task A_row_becomes_a_record_with_its_line_and_its_cells_as_text()
    {
        var drop = await Drop.ReadAsync("id,name,amount\n7,Ada,007.50\n8,Bob,\"1.234,5\"\n", Drop.Customers);

        Assert.Equal(
            [
                new RawRecord("7", Drop.ReadAt, false, 2, """{"id":"7","name":"Ada","amount":"007.50"}"""),
                new RawRecord("8", Drop.ReadAt, false, 3, """{"id":"8","name":"Bob","amount":"1.234,5"}"""),
            ],
            drop.Records);
        Assert.Empty(drop.Rejected);
    }

    [Theory]
    [InlineData("id,name\n1,a\n2,b\n")]
    [InlineData("id,name\r\n1,a\r\n2,b\r\n")]
    [InlineData("id,name\r1,a\r2,b\r")]
    [InlineData("id,name\n1,a\r\n2,b")]
    [InlineData("id,name\r1,a\r2,b")]
    public async Task Lines_end_in_LF_CRLF_or_CR_and_the_last_needs_no_end(string text)
    {
        var drop = await Drop.ReadAsync(text, Drop.Customers);

        Assert.Equal(["""{"id":"1","name":"a"}""", """{"id":"2","name":"b"}"""], drop.Payloads);
        Assert.Equal([2L, 3L], drop.Records.Select(record => record.Position));
    }

    [Fact]
    public async Task An_empty_cell_is_left_out_and_an_empty_text_in_quotes_is_kept()
    {
        var drop = await Drop.ReadAsync("id,a,b,c\n1,,\"\",x\n2,,,\n");

        Assert.Equal(["""{"id":"1","b":"","c":"x"}""", """{"id":"2"}"""], drop.Payloads);
    }

    [Fact]
    public async Task Line_breaks_in_quotes_are_part_of_the_cell_and_counted_as_lines()
    {
        var drop = await Drop.ReadAsync("id,\"na\nme\"\n1,\"a\r\nb\rc\n\nd\"\n2,e\n");

        Assert.Equal(["""{"id":"1","na\nme":"a\r\nb\rc\n\nd"}""", """{"id":"2","na\nme":"e"}"""], drop.Payloads);
        Assert.Equal([3L, 8L], drop.Records.Select(record => record.Position));
    }

    [Fact]
    public async Task Doubled_quotes_are_one_and_quotes_inside_of_a_bare_cell_are_text()
    {
        var drop = await Drop.ReadAsync("id,size\n1,\"5\"\" \"\"x\"\"\"\n2,5\" screen\n3,a\"b\"c\n");

        Assert.Equal(["""{"id":"1","size":"5\" \"x\""}""", """{"id":"2","size":"5\" screen"}""", """{"id":"3","size":"a\"b\"c"}"""], drop.Payloads);
    }

    [Fact]
    public async Task Formulas_foreign_numbers_impossible_dates_and_hash_signs_stay_the_text_that_they_are()
    {
        var drop = await Drop.ReadAsync("id;value\n1;=cmd|'/C calc'!A0\n2;1.234,56\n3;2026-02-30\n#4;+1 \n");

        Assert.Equal(
            ["""{"id":"1","value":"=cmd|'/C calc'!A0"}""", """{"id":"2","value":"1.234,56"}""", """{"id":"3","value":"2026-02-30"}""", """{"id":"#4","value":"+1 "}"""],
            drop.Payloads);
    }

    [Fact]
    public async Task A_row_with_too_few_or_too_many_cells_is_rejected_and_the_rest_is_read()
    {
        var drop = await Drop.ReadAsync("id,name,city\n1,a,b\n2,c\n3,d,\"e\ne\",f\n4,g,h\n");

        Assert.Equal(["1", "4"], drop.Records.Select(record => record.Payload[7..8]));
        Assert.Equal(
            [
                new RejectedRow(3, null, "2,c", "The row has 2 cells where the header has 3."),
                new RejectedRow(4, null, "3,d,\"e\ne\",f", "The row has 4 cells where the header has 3."),
            ],
            drop.Rejected);
    }

    [Fact]
    public async Task Text_behind_a_closing_quote_rejects_its_row_alone()
    {
        var drop = await Drop.ReadAsync("id,name\n1,\"a\"b\n2,c\n");

        Assert.Equal(["""{"id":"2","name":"c"}"""], drop.Payloads);
        var row = Assert.Single(drop.Rejected);
        Assert.Equal((2L, "1,\"a\"b"), (row.Position, row.Value));
        Assert.Contains("closing quote of cell 2", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_row_of_many_lines_says_how_far_it_was_read()
    {
        var drop = await Drop.ReadAsync("id,name\n1,\"a\n2,b\n3,\"c\n4,d\n");

        Assert.Equal(["""{"id":"4","name":"d"}"""], drop.Payloads);
        Assert.Contains("read to line 4", Assert.Single(drop.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_value_of_a_rejected_row_is_cut_to_200_characters_and_never_within_one()
    {
        var drop = await Drop.ReadAsync($"id,name\n{string.Concat(Enumerable.Repeat("x😀", 200))}\n");

        Assert.Equal(string.Concat(Enumerable.Repeat("x😀", 66)) + "x", Assert.Single(drop.Rejected).Value);
    }

    [Fact]
    public async Task Invalid_UTF_8_rejects_its_row_and_names_the_column()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("id,name\n1,Zoë\n2,b"), 0xFF, .. Encoding.UTF8.GetBytes("c\n3,d\n")];

        var drop = await Drop.ReadAsync(bytes);

        Assert.Equal(["""{"id":"1","name":"Zoë"}""", """{"id":"3","name":"d"}"""], drop.Payloads);
        var row = Assert.Single(drop.Rejected);
        Assert.Equal((3L, "name", "b\uFFFDc"), (row.Position, row.Column, row.Value));
        Assert.Contains("landing/customers.yaml", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_NUL_far_into_the_file_rejects_its_row()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(id => $"{id},name\n"));

        var drop = await Drop.ReadAsync($"id,name\n{rows}x,a\0b\n");

        Assert.Equal(20_000, drop.Records.Count);
        Assert.Equal((20_002L, "name"), (Assert.Single(drop.Rejected).Position, drop.Rejected[0].Column));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_fails_the_file_with_the_line_that_opens_it()
    {
        var failure = await Drop.FailureAsync("id,a,b\n1,x,y\n2,\"u\nv\",\"z\n3,x,y\n4,x,y\n");

        Assert.StartsWith("customers.csv: the quote that is opened in line 4 is never closed.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_beyond_the_limit_fails_the_file_with_its_number()
    {
        var failure = await Drop.FailureAsync("id,name\n1,a\n2," + new string('x', 5000) + "\n", options: new IntakeOptions { MaxRecordBytes = 4096 });

        Assert.StartsWith("customers.csv: the row that begins in line 3 is longer than 4,096 bytes. Repair", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_200_MB_fails_the_file_with_its_number()
    {
        var million = Drop.Gzip(new string('x', 1_000_000));
        byte[] bytes = [.. Drop.Gzip("id,name\n1,a\n2,"), .. Enumerable.Repeat(million, 200).SelectMany(piece => piece)];

        var failure = await Drop.FailureAsync(bytes, options: new IntakeOptions { MaxCompressionRatio = 2000 });

        Assert.Contains("the row that begins in line 3 is longer than 16,777,216 bytes", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stray_quote_that_swallows_the_file_is_named_where_it_is_opened()
    {
        var failure = await Drop.FailureAsync("id,name\n1,a\n2,\"b\n" + string.Concat(Enumerable.Repeat("3,c\n", 2000)), options: new IntakeOptions { MaxRecordBytes = 4096 });

        Assert.Contains("a quote is opened in line 3 and perhaps not closed", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_rows_is_a_file_without_records()
    {
        var drop = await Drop.ReadAsync("id,name\n");

        Assert.Empty(drop.Records);
        Assert.Empty(drop.Rejected);
    }

    [Theory]
    [InlineData("id\n1\n")]
    [InlineData("\n\nid\n\n1\n\n")]
    public async Task Empty_lines_are_no_rows(string text)
    {
        var drop = await Drop.ReadAsync(text, Drop.Customers);

        Assert.Equal(["""{"id":"1"}"""], drop.Payloads);
    }

    [Fact]
    public async Task Rows_that_cross_the_edges_of_what_is_read_at_once_are_whole()
    {
        var names = Enumerable.Range(0, 40_000).Select(id => string.Concat(Enumerable.Repeat($"\"\"{id}\r\n", id % 7))).ToList();
        var text = "id,name,z\r\n" + string.Concat(names.Select((name, id) => $"{id},\"{name}\",z\r\n"));

        var drop = await Drop.ReadAsync(text, Drop.Customers);

        Assert.Empty(drop.Rejected);
        Assert.Equal(names.Select(name => name.Replace("\"\"", "\"", StringComparison.Ordinal)), drop.Records.Select(Name));

        static string Name(RawRecord record)
        {
            using var document = System.Text.Json.JsonDocument.Parse(record.Payload);
            return document.RootElement.GetProperty("name").GetString()!;
        }
    }

    [Fact]
    public async Task Pages_hold_at_most_5000_rows()
    {
        var bytes = Encoding.UTF8.GetBytes("id\n" + string.Concat(Enumerable.Range(0, 12_001).Select(id => $"{id}\n")));
        var file = new DroppedFile("a.csv", _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        var reader = new FileReader(
            Microsoft.Extensions.Options.Options.Create(new IntakeOptions()), Microsoft.Extensions.Logging.Abstractions.NullLogger<FileReader>.Instance);

        var sizes = new List<int>();
        await foreach (var page in reader.ReadAsync(file, Drop.Customers, Drop.ReadAt, CancellationToken.None))
        {
            sizes.Add(page.Records.Count);
        }

        Assert.Equal([5000, 5000, 2001], sizes);
    }
}
