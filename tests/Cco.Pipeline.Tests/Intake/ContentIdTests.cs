using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class ContentIdTests
{
    [Fact]
    public async Task The_same_bytes_read_the_same_way_have_the_same_id()
    {
        var first = await IdAsync("id\n1\n", new LandingColumns(recordId: ["id"]));
        var second = await IdAsync("id\n1\n", new LandingColumns(required: ["id"], recordId: ["id"]));

        Assert.Equal(first, second);
        Assert.Matches("^[0-9a-f]{16}$", first);
    }

    [Fact]
    public async Task Other_bytes_or_another_way_to_read_them_have_another_id()
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" };
        string[] ids =
        [
            await IdAsync("id\n1\n", LandingColumns.Any),
            await IdAsync("id\n2\n", LandingColumns.Any),
            await IdAsync("id\n1\n", new LandingColumns(recordId: ["id"])),
            await IdAsync("id\n1\n", new LandingColumns(updatedAt: "id")),
            await IdAsync("id\n1\n", new LandingColumns(mapping: mapping)),
            await IdAsync("id\n1\n", LandingColumns.Any, new CsvFormat(delimiter: ';')),
            await IdAsync("id\n1\n", LandingColumns.Any, new CsvFormat(encoding: "windows-1252")),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static async Task<string> IdAsync(string text, LandingColumns columns, CsvFormat? csv = null)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await ContentId.OfAsync(stream, Drop.Table(columns, csv), CancellationToken.None);
    }
}
