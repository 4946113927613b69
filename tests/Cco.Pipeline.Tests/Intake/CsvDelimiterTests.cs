using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class CsvDelimiterTests
{
    [Theory]
    [InlineData("id,name\n1,a;b\n")]
    [InlineData("id;name\n1;1,5\n2;2,5\n")]
    [InlineData("id\tname\n1\ta,b,c\n")]
    [InlineData("id|name\n1|a,b;c\n")]
    [InlineData("id;\"name\"\n1;\"a,b,c,d,e\"\n")]
    [InlineData("id;name\n1;a, b\n2;c\n3;d, e, f\n")]
    public async Task The_delimiter_is_found_outside_of_quotes_by_what_the_rows_agree_on(string text)
    {
        var drop = await Drop.ReadAsync(text, Drop.Table(new LandingColumns(required: ["id", "name"])));

        Assert.NotEmpty(drop.Records);
        Assert.Empty(drop.Rejected);
    }

    [Fact]
    public async Task One_column_needs_no_delimiter()
    {
        var drop = await Drop.ReadAsync("id\n1\n2");

        Assert.Equal(["""{"id":"1"}""", """{"id":"2"}"""], drop.Payloads);
    }

    [Fact]
    public async Task The_table_overrules_what_would_be_found()
    {
        var table = Drop.Table(LandingColumns.Any, new CsvFormat(delimiter: ':', quote: '\''));

        var drop = await Drop.ReadAsync("id:a,b,c\n1:'x:''y'\n", table);

        Assert.Equal(["""{"id":"1","a,b,c":"x:'y"}"""], drop.Payloads);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData(' ')]
    [InlineData('é')]
    public void A_delimiter_that_could_not_be_told_from_text_is_refused(char delimiter) =>
        Assert.Throws<ArgumentException>(() => new CsvFormat(delimiter));
}
