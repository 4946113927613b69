using System.Text;
using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class JsonRecordsTests
{
    [Fact]
    public async Task A_line_becomes_a_record_with_its_text_untouched()
    {
        var drop = await Drop.ReadAsync("{\"id\": 1.50, \"tags\" : [ \"a\" ,null]}\r\n\n  {\"id\":\"x\",\"n\":123456789012345678901234567890}  \n", Drop.Customers, "a.ndjson");

        Assert.Equal(
            [
                new RawRecord("1.50", Drop.ReadAt, false, 1, "{\"id\": 1.50, \"tags\" : [ \"a\" ,null]}"),
                new RawRecord("x", Drop.ReadAt, false, 3, "{\"id\":\"x\",\"n\":123456789012345678901234567890}"),
            ],
            drop.Records);
    }

    [Fact]
    public async Task An_element_of_an_array_becomes_a_record_with_its_text_untouched()
    {
        const string Text = "\uFEFF [\n  {\"id\": 1,\n   \"note\": \"a ] } \\\" [ {\"},\n\t{\"id\":2,\"deep\":{\"a\":[{},[]]}}\n]\n";

        var drop = await Drop.ReadAsync(Text, Drop.Customers, "a.json");

        Assert.Equal(["{\"id\": 1,\n   \"note\": \"a ] } \\\" [ {\"}", "{\"id\":2,\"deep\":{\"a\":[{},[]]}}"], drop.Payloads);
        Assert.Equal([1L, 2L], drop.Records.Select(record => record.Position));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] \n")]
    public async Task An_empty_array_is_a_file_without_records(string text)
    {
        var drop = await Drop.ReadAsync(text, Drop.Customers, "whatever");

        Assert.Empty(drop.Records);
    }

    [Fact]
    public async Task What_is_no_object_is_rejected_and_the_rest_is_read()
    {
        var lines = await Drop.ReadAsync("{\"id\":1}\n[2]\nnull\n{\"id\":\n{\"id\":5}\n", Drop.Customers, "a.jsonl");
        var array = await Drop.ReadAsync("[{\"id\":1}, 2, \"x\", null, true, [{\"id\":3}], {\"id\":}, {\"id\":8}]", Drop.Customers, "a.json");

        Assert.Equal(["1", "5"], lines.Records.Select(record => record.RecordId));
        Assert.Equal([2L, 3L, 4L], lines.Rejected.Select(row => row.Position));
        Assert.Equal("Expected a JSON object, found an array.", lines.Rejected[0].Reason);
        Assert.Equal(["1", "8"], array.Records.Select(record => record.RecordId));
        Assert.Equal([2L, 3L, 4L, 5L, 6L, 7L], array.Rejected.Select(row => row.Position));
    }

    [Fact]
    public async Task Broken_bytes_half_characters_and_doubled_names_reject_their_record()
    {
        byte[] text =
        [
            .. "{\"id\":1,\"a\":\""u8, 0xFF, .. "\"}\n"u8,
            .. "{\"id\":2,\"a\":\"\\ud83d\"}\n"u8,
            .. "{\"id\":3,\"a\":1,\"a\":2}\n"u8,
            .. "{\"id\":4,\"a\":\"\\ud83d\\ude00\"}\n"u8,
        ];

        var drop = await Drop.ReadAsync(text, Drop.Customers);

        Assert.Equal(["4"], drop.Records.Select(record => record.RecordId));
        Assert.Contains("not valid UTF-8", drop.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Contains("half of a character", drop.Rejected[1].Reason, StringComparison.Ordinal);
        Assert.Contains("Duplicate property", drop.Rejected[2].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":{"a":1}}""")]
    public async Task A_record_without_an_id_is_rejected_with_its_column(string text)
    {
        var drop = await Drop.ReadAsync($"{text}\n{{\"id\":2}}\n", Drop.Customers, "a.ndjson");

        Assert.Equal("2", Assert.Single(drop.Records).RecordId);
        Assert.Equal((1L, "id"), (Assert.Single(drop.Rejected).Position, drop.Rejected[0].Column));
    }

    [Fact]
    public async Task Mapped_names_are_replaced_and_values_stay_as_they_are()
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal) { ["Customer No."] = "id" };
        var table = Drop.Table(new LandingColumns(recordId: ["id"], mapping: mapping));

        var drop = await Drop.ReadAsync("{\"Customer No.\": 1.0, \"x\": { \"Customer No.\" : 2 }}\n{\"id\": 3}\n{\"id\":4,\"Customer No.\":5}\n", table);

        Assert.Equal(["{\"id\":1.0,\"x\":{ \"Customer No.\" : 2 }}", "{\"id\": 3}"], drop.Payloads);
        Assert.Equal(3, Assert.Single(drop.Rejected).Position);
    }

    [Fact]
    public async Task A_column_that_no_record_has_fails_the_file_and_lists_what_there_is()
    {
        var table = Drop.Table(new LandingColumns(required: ["customer_id", "name"]));

        var failure = await Drop.FailureAsync("{\"CustomerId\":1}\n{\"CustomerId\":2,\"name\":\"a\"}\n", table);

        Assert.Contains("there is no column 'customer_id'. The file has: 'CustomerId', 'name'.", failure, StringComparison.Ordinal);
        Assert.Contains("""columns: { "CustomerId": customer_id }""", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"id\": 1\n}\n")]
    [InlineData("hello\nworld\n")]
    [InlineData("[1, 2, 3]")]
    public async Task A_file_without_any_object_fails(string text)
    {
        var failure = await Drop.FailureAsync(text, name: "a.json");

        Assert.Contains("there is no JSON object in it; expected one a line, or an array of them.", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"id\":1}", "expected ',' or ']' behind element 1 of the array, found the end of the file")]
    [InlineData("[{\"id\":1},", "the array ends within element 2")]
    [InlineData("[{\"id\":1},{\"id\":2", "the array ends within element 2")]
    [InlineData("[{\"id\":1} {\"id\":2}]", "expected ',' or ']' behind element 1 of the array, found '{'")]
    [InlineData("[{\"id\":1},,{\"id\":2}]", "expected element 2 of the array, found ','")]
    [InlineData("[{\"id\":1}] [{\"id\":2}]", "text behind the end of the array")]
    public async Task An_array_that_is_not_whole_fails_with_the_element(string text, string expected)
    {
        var failure = await Drop.FailureAsync(text);

        Assert.Contains(expected, failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_beyond_the_limit_fails_the_file_with_its_place()
    {
        var options = new IntakeOptions { MaxRecordBytes = 4096 };
        var large = "{\"a\":\"" + new string('x', 5000) + "\"}";

        var line = await Drop.FailureAsync("{\"a\":1}\n" + large + "\n", options: options);
        var element = await Drop.FailureAsync("[{\"a\":1}," + large + "]", options: options);

        Assert.Contains("line 2 is longer than 4,096 bytes", line, StringComparison.Ordinal);
        Assert.Contains("element 2 of the array is longer than 4,096 bytes", element, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_that_cross_the_edges_of_what_is_read_at_once_are_whole()
    {
        var objects = Enumerable.Range(0, 30_000).Select(id => $"{{\"id\":{id},\"text\":\"{new string('"', id % 9).Replace("\"", "\\\"", StringComparison.Ordinal)}]\"}}").ToList();

        var lines = await Drop.ReadAsync(string.Join('\n', objects), Drop.Customers);
        var array = await Drop.ReadAsync($"[{string.Join(" ,\n", objects)}]", Drop.Customers);

        Assert.Equal(objects, lines.Payloads);
        Assert.Equal(objects, array.Payloads);
    }

    [Theory]
    [InlineData("{\"id\":1}\n", "a.csv")]
    [InlineData("[{\"id\":1}]", "a.csv")]
    [InlineData("[\n1]", "a.json")]
    public async Task JSON_is_seen_from_its_content_whatever_its_name(string text, string name)
    {
        if (name == "a.json")
        {
            Assert.Contains("no JSON object", await Drop.FailureAsync(text, name: name), StringComparison.Ordinal);
            return;
        }

        var drop = await Drop.ReadAsync(text, Drop.Customers, name);

        Assert.Equal("1", Assert.Single(drop.Records).RecordId);
    }

    [Fact]
    public async Task A_header_in_brackets_is_CSV()
    {
        var drop = await Drop.ReadAsync("[id],{name}\n1,a\n");

        Assert.Equal(["""{"[id]":"1","{name}":"a"}"""], drop.Payloads);
    }

    [Fact]
    public async Task JSON_in_UTF_16_with_a_mark_is_read()
    {
        var drop = await Drop.ReadAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("[{\"id\":\"ë\"}]")], Drop.Customers, "a.json");

        Assert.Equal(["{\"id\":\"ë\"}"], drop.Payloads);
    }

    [Fact]
    public async Task A_time_of_change_is_read_from_the_record()
    {
        var drop = await Drop.ReadAsync("{\"id\":1,\"updated_at\":\"2026-03-01T01:00:00+01:00\"}\n{\"id\":2,\"updated_at\":null}\n{\"id\":3,\"updated_at\":1767225600}\n", Drop.Customers);

        Assert.Equal([new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Drop.ReadAt], drop.Records.Select(record => record.UpdatedAt));
        Assert.Equal((3L, "updated_at", "1767225600"), (Assert.Single(drop.Rejected).Position, drop.Rejected[0].Column, drop.Rejected[0].Value));
    }
}
