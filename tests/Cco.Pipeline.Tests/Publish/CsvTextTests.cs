using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Tests.Publish;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("\uFF0B1", "'\uFF0B1")]
    [InlineData("\uFF0D1", "'\uFF0D1")]
    [InlineData("\uFF201", "'\uFF201")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\"\nc", "\"a \"\"b\"\"\nc\"")]
    [InlineData("plain", "plain")]
    public void A_text_is_quoted_where_CSV_needs_it_and_disarmed_where_a_spreadsheet_would_run_it(string text, string cell) =>
        Assert.Equal(cell + "\n", CsvText.Line([text]));

    [Fact]
    public void Numbers_and_dates_are_written_as_SQL_writes_them() => Assert.Equal(
        "-1.50,,true,2026-03-31,2026-03-31T14:05:00\n",
        CsvText.Line([-1.50m, null, true, new DateOnly(2026, 3, 31), new DateTime(2026, 3, 31, 14, 5, 0)]));

    [Fact]
    public void Lists_and_structs_are_written_as_JSON() => Assert.Equal(
        "\"[1,2]\",\"{\"\"a\"\":null}\"\n",
        CsvText.Line([new List<int> { 1, 2 }, new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = null }]));
}
