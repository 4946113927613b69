using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Tests.Land;

public sealed class RawWriterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-raw-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_are_read_back_by_DuckDB_as_they_were()
    {
        var records = Enumerable.Range(1, 120_000).Select(index => new RawRecord(
            $"r{index}", DateTimeOffset.UnixEpoch.AddSeconds(index).AddTicks(10), index % 7 == 0, index + 1, $$"""{"text":"Zeile {{index}} — \"ü\" 😀"}""")).ToList();

        var landed = await LandAsync([new RawPage(records, [])]);

        Assert.Equal(120_000, landed.Rows);
        Assert.Equal(
            ["120000|r1|1970-01-01T00:00:01.000001|1970-01-02T09:20:00.000001|17142|2|120001|Zeile 77 — \"ü\" 😀"],
            Query(landed, "select count(*), min(record_id), min(updated_at), max(updated_at), count(*) filter (is_deleted), min(position), max(position), max(payload ->> '$.text') filter (record_id = 'r77') from"));
        Assert.Equal(["the origin"], Query(landed, "select decode(value) from parquet_kv_metadata", "where decode(key) = 'origin'"));
    }

    [Fact]
    public async Task Nothing_lands_as_an_empty_file_of_the_same_shape()
    {
        var landed = await LandAsync([]);

        Assert.Equal(["0"], Query(landed, "select count(*) from"));
        Assert.Equal(["record_id,updated_at,extracted_at,run_id,is_deleted,position,payload"], Query(landed, "select string_agg(name, ',') from parquet_schema", "where type is not null"));
    }

    [Fact]
    public async Task Rejected_rows_lie_in_quarantine_before_the_file_is_there()
    {
        var landed = await LandAsync([new RawPage([], [new RejectedRow(7, "amount", "12,5", "is no number")])]);

        Assert.Equal(1, landed.Rejected);
        var quarantine = new FolderLake(folder.FullName).Local(RawPath.QuarantineOf(landed.Stream, "part", 0));
        Assert.Equal(
            ["7|the origin|amount|12,5|is no number"],
            Query($"select position, payload ->> '$.file', payload ->> '$.column', payload ->> '$.value', payload ->> '$.reason' from '{quarantine}'"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<LandedFile> LandAsync(IReadOnlyList<RawPage> pages) => new Lander(new FolderLake(folder.FullName), TimeProvider.System).LandAsync(
        new StreamName("shop", "order"), RunId.Begin(TimeProvider.System), "part", "the origin", pages.ToAsyncEnumerable(), Cancel);

    private List<string> Query(LandedFile landed, string before, string after = "")
    {
        var file = new FolderLake(folder.FullName).Local(landed.Path);
        return Query(before.EndsWith("from", StringComparison.Ordinal) ? $"{before} '{file}' {after}" : $"{before}('{file}') {after}");
    }

    private static List<string> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => CsvText.Plain(reader.GetValue(index)))));
        }

        return rows;
    }
}
