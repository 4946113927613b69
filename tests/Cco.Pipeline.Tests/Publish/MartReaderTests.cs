using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Tests.Publish;

public sealed class MartReaderTests : IDisposable
{
    private readonly Company company = new();

    [Theory]
    [InlineData("drop table fct_order")]
    [InlineData("insert into fct_order values ('a', 'b', 1, 1)")]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from '/etc/passwd'")]
    [InlineData("copy fct_order to 'x.csv'")]
    [InlineData("attach 'x.duckdb'")]
    [InlineData("install httpfs")]
    [InlineData("set enable_external_access = true")]
    [InlineData("create table x as select 1")]
    public async Task A_query_can_neither_change_anything_nor_read_anything_else(string sql)
    {
        await company.RunAsync();
        using var marts = await MartReader.OpenAsync(company.Lake, TestContext.Current.CancellationToken);

        Assert.Throws<QueryException>(() => marts.Query(sql, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_sum_keeps_the_decimals_of_what_it_adds()
    {
        await company.RunAsync();
        using var marts = await MartReader.OpenAsync(company.Lake, TestContext.Current.CancellationToken);

        var row = Assert.Single(marts.Query("select sum(1.5000), sum(2), [3]", TestContext.Current.CancellationToken).Rows);

        Assert.Equal(["1.5000", "2", "[3]"], row.Select(CsvText.Plain));
    }

    [Fact]
    public async Task Before_anything_is_published_the_message_says_what_to_do()
    {
        var missing = await Assert.ThrowsAsync<FileNotFoundException>(() => MartReader.OpenAsync(company.Lake, TestContext.Current.CancellationToken));

        Assert.Contains("cco run", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_named()
    {
        await company.Lake.WriteOnceAsync(
            new LakePath("marts/warehouse.duckdb"), (file, token) => file.WriteAsync("no database"u8.ToArray(), token).AsTask(), TestContext.Current.CancellationToken);

        var broken = await Assert.ThrowsAsync<IOException>(() => MartReader.OpenAsync(company.Lake, TestContext.Current.CancellationToken));

        Assert.StartsWith("The database 'marts/warehouse.duckdb' cannot be opened: ", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_carries_the_comments_of_the_contracts()
    {
        await company.RunAsync();

        Assert.Equal(["What it cost."], await company.QueryAsync("select comment from duckdb_columns() where table_name = 'fct_order' and column_name = 'amount'"));
    }

    public void Dispose() => company.Dispose();
}
