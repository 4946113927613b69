using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Functions;

public sealed class IntakeDroppedFileTests : IDisposable
{
    private const string Products = "product_id,name\nP1,Basic\nP2,Pro\n";

    private readonly FunctionsApp app = new();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task What_no_event_told_of_is_swept_up_and_where_nothing_waits_there_is_no_run()
    {
        await app.SweepLandingAsync();
        var before = await app.ReportsAsync();
        await app.PutAsync("product", "products.csv", Products);
        await app.SweepLandingAsync();

        Assert.Empty(before);
        Assert.Equal([2], await app.LandedAsync("file.product"));
    }

    [Fact]
    public async Task A_dropped_blob_lands()
    {
        await app.DropAsync("product", "products.csv", Products);

        Assert.Equal([2], await app.LandedAsync("file.product"));
        Assert.Single(await app.NamesAsync(new LakePath("raw/file/product")));
        Assert.Empty(await app.NamesAsync(LandingSweep.Landing));
        Assert.Equal(["products.csv"], await app.NamesAsync(LandingSweep.Done));
    }

    [Fact]
    public async Task A_blob_that_is_delivered_again_lands_once()
    {
        await app.DropAsync("product", "products.csv", Products);
        await app.DropAsync("product", "products.csv", Products);

        Assert.Equal([2], await app.LandedAsync("file.product"));
        Assert.Single(await app.NamesAsync(new LakePath("raw/file/product")));
    }

    [Fact]
    public async Task A_call_for_a_file_that_is_taken_in_already_does_nothing()
    {
        await app.DropAsync("product", "products.csv", Products);
        await app.TellAsync();

        Assert.Equal([2], await app.LandedAsync("file.product"));
    }

    [Fact]
    public async Task A_call_takes_in_what_an_earlier_one_has_left()
    {
        await app.PutAsync("product", "products.csv", Products);

        await app.DropAsync("product", "more.csv", Products + "P3,Max\n");

        Assert.Equal([2, 3], await app.LandedAsync("file.product"));
    }

    [Fact]
    public async Task Blobs_that_arrive_together_all_land_and_equal_ones_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => app.DropAsync("product", $"{number}.csv", number % 2 == 0 ? Products : $"product_id\nP{number}\n"))));
        await app.TellAsync();

        Assert.Equal(3, (await app.NamesAsync(new LakePath("raw/file/product"))).Count);
        Assert.Empty(await app.NamesAsync(LandingSweep.Landing));
    }

    [Fact]
    public async Task A_blob_lands_while_a_run_builds()
    {
        await using var building = await app.Lake.LeaseAsync(new LakePath("leases/run"), "a run", TestContext.Current.CancellationToken);

        await app.DropAsync("product", "products.csv", Products);

        Assert.Equal([2], await app.LandedAsync("file.product"));
    }

    [Fact]
    public async Task A_blob_that_cannot_be_read_is_set_aside_with_its_reason()
    {
        await app.DropAsync("product", "products.csv", "name\nBasic\n");

        Assert.Equal(["products.csv", "products.csv.reason.txt"], await app.NamesAsync(LandingSweep.Failed));
    }

    [Fact]
    public async Task A_blob_for_no_table_is_set_aside_with_its_reason()
    {
        await app.DropAsync("no_such_table", "products.csv", Products);

        Assert.Equal(["products.csv", "products.csv.reason.txt"], await app.NamesAsync(LandingSweep.Failed));
    }

    [Fact]
    public async Task A_blob_throws_and_waits_where_nothing_can_be_taken_in()
    {
        app.AddToModels("landing/broken.yaml", "table: other\n");

        var exception = await Assert.ThrowsAsync<RunFailedException>(() => app.DropAsync("product", "products.csv", Products));

        Assert.Contains("broken.yaml", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["products.csv"], await app.NamesAsync(LandingSweep.Landing));
    }
}
