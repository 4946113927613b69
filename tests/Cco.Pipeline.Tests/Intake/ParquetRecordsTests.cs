using System.Text;
using Cco.Pipeline.Intake;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Tests.Intake;

public sealed class ParquetRecordsTests
{
    [Fact]
    public async Task A_row_becomes_a_record_whatever_its_types()
    {
        var parquet = await ParquetAsync(
            """
            select
                1 as id, 1.10::decimal(18, 4) as amount, true as flag, null::varchar as nothing, date '2026-03-01' as day,
                timestamp '2026-03-01 10:00:00.5' as updated_at, [1, 2] as list, {'a': 'b'} as nested, 2.5::double as number, 'nan'::double as missing
            """);

        var drop = await Drop.ReadAsync(parquet, Drop.Customers, "a.parquet");

        Assert.Equal(
            [
                new RawRecord("1", new DateTimeOffset(2026, 3, 1, 10, 0, 0, 500, TimeSpan.Zero), false, 1,
                    """{"id":1,"amount":1.1000,"flag":true,"nothing":null,"day":"2026-03-01","updated_at":"2026-03-01 10:00:00.5","list":[1,2],"nested":{"a":"b"},"number":2.5,"missing":null}"""),
            ],
            drop.Records);
    }

    [Fact]
    public async Task Names_are_mapped_and_quotes_in_them_are_kept()
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal) { ["Customer No."] = "id", ["id"] = "old_id" };
        var parquet = await ParquetAsync("select 7 as \"Customer No.\", 'x' as \"it's \"\"quoted\"\"\", 3 as id");

        var drop = await Drop.ReadAsync(parquet, Drop.Table(new LandingColumns(recordId: ["id"], mapping: mapping)));

        Assert.Equal(["""{"id":7,"it's \"quoted\"":"x","old_id":3}"""], drop.Payloads);
    }

    [Fact]
    public async Task Rows_keep_the_order_of_the_file_over_many_row_groups()
    {
        var parquet = await ParquetAsync("select i as id from range(50000) t(i)");

        var drop = await Drop.ReadAsync(Drop.Gzip(parquet), Drop.Customers, "a");

        Assert.Equal(Enumerable.Range(1, 50_000).Select(row => (long)row), drop.Records.Select(record => record.Position));
        Assert.Equal("49999", drop.Records[^1].RecordId);
    }

    [Fact]
    public async Task A_missing_column_fails_the_file_even_without_rows()
    {
        var parquet = await ParquetAsync("select 1 as a where false");

        var failure = await Drop.FailureAsync(parquet, Drop.Customers);

        Assert.Contains("there is no column 'id'. The file has: 'a'.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_fails()
    {
        var parquet = await ParquetAsync("select i as id from range(1000) t(i)");

        var failure = await Drop.FailureAsync(parquet[..^100]);

        Assert.Contains("it begins like a Parquet file, but cannot be read as one", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_grows_beyond_the_limits_as_it_is_read_is_refused()
    {
        var options = new IntakeOptions { MaxFileBytes = 1 << 20, MaxRecordBytes = 64 << 10 };
        var many = await ParquetAsync("select repeat('x', 1000) as text from range(5000)");
        var wide = await ParquetAsync("select repeat('x', 100000) as text");

        Assert.InRange(many.Length, 1, 64 << 10);
        Assert.Contains("it holds more than 1,048,576 bytes of data", await Drop.FailureAsync(many, options: options), StringComparison.Ordinal);
        Assert.Contains("row 1 is longer than 65,536 bytes", await Drop.FailureAsync(wide, options: options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_scratch_folder()
    {
        var folder = Directory.CreateTempSubdirectory("cco-test-");
        var options = new IntakeOptions { ScratchFolder = folder.FullName };

        await Drop.ReadAsync(await ParquetAsync("select 1 as id"), options: options);
        await Drop.FailureAsync(Encoding.UTF8.GetBytes("PAR1 and nothing else"), options: options);
        await Drop.ReadAsync(Drop.Zip("a.csv", "id\n1\n"), options: options);

        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }

    private static async Task<byte[]> ParquetAsync(string select)
    {
        var folder = Directory.CreateTempSubdirectory("cco-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.parquet");
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"copy ({select}) to '{path}' (format parquet, row_group_size 2048)";
            await command.ExecuteNonQueryAsync();
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
