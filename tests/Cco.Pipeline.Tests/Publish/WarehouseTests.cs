using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Tests.Publish;

public sealed class WarehouseTests : IDisposable
{
    private const string Count = "select count(*) from fct_order";

    private readonly Company company = new();

    [Fact]
    public async Task A_small_change_is_made_in_the_file_that_is_there()
    {
        await PublishAsync("a,cus_1,10\n");
        await using var file = await company.Lake.OpenReadAsync(Warehouse.Path, Cancel);

        await PublishAsync("b,cus_2,20\n");

        Assert.Equal(["2"], await company.QueryAsync(Count));
        using var content = new MemoryStream();
        await file.CopyToAsync(content, Cancel);
        Assert.Equal((await company.Lake.ReadAsync(Warehouse.Path, Cancel))!.Content.ToArray(), content.ToArray());
        Assert.False(await company.Lake.ExistsAsync(new LakePath("marts/warehouse.duckdb.wal"), Cancel));
    }

    [Fact]
    public async Task Who_has_the_database_open_goes_on_reading_it_as_it_was()
    {
        await PublishAsync("a,cus_1,10\n");
        using var reader = await MartReader.OpenAsync(company.Lake, Cancel);

        await PublishAsync("b,cus_2,20\n");

        Assert.Equal("1", CsvText.Plain(Assert.Single(Assert.Single(reader.Query(Count, Cancel).Rows))));
        reader.Dispose();
        Assert.Equal(["2"], await company.QueryAsync(Count));
    }

    [Fact]
    public async Task A_database_that_is_gone_is_made_anew_with_all_tables()
    {
        await PublishAsync("a,cus_1,10\n");
        await company.Lake.DeleteAsync(Warehouse.Path, Cancel);

        await PublishAsync("b,cus_2,20\n");

        Assert.Equal(["2"], await company.QueryAsync(Count));
    }

    public void Dispose() => company.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task PublishAsync(string orders)
    {
        await company.DropAsync("order_line", $"{orders[0]}.csv", $"order_id,customer_key,amount\n{orders}");
        await company.RunAsync();
    }
}
