using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.Backfills;

/// <summary>A backfill that is tried first, and then done.</summary>
public sealed class DryBackfillTests
{
    private static readonly string[] February = ["--source", "vendor", "--from", "2023-02", "--to", "2023-02"];

    /// <summary>The vendor corrects the prices of February without saying that anything changed.</summary>
    [Fact]
    public async Task A_dry_run_tells_what_the_backfill_then_changes_and_changes_nothing_itself()
    {
        var price = 10m;
        await using var vendor = await OrderVendor.StartAsync(90, price: day => day.Month == 2 ? price : 10);
        using var installation = vendor.Install(1);
        Assert.True((await installation.RunAsync()).Published);
        var (before, watermark) = (await FilesAsync(installation), await StateAsync(installation));
        price = 11;

        var dry = await installation.CallAsync(["backfill", .. February, "--dry-run", "--json"]);
        Assert.True(dry.Code == 0, dry.Everything);
        var afterwards = await FilesAsync(installation);
        var real = await installation.CallAsync(["backfill", .. February]);

        var change = Assert.Single(dry.Json().GetProperty("changes").EnumerateArray());
        Assert.Equal((840, 924), (change.GetProperty("before").GetProperty("value").GetDouble(), change.GetProperty("after").GetProperty("value").GetDouble()));
        Assert.Equal(before, afterwards.Where(file => !file.StartsWith("backfills/", StringComparison.Ordinal)));
        Assert.DoesNotContain(afterwards, file => file.Contains("/side/", StringComparison.Ordinal));
        Assert.True(real.Code == 0, real.Everything);
        Assert.Contains("Published by run ", real.Output, StringComparison.Ordinal);
        Assert.Equal(["924.0000"], await installation.QueryAsync("select numerator from fct_kpi where period_start = date '2023-02-01'"));
        Assert.Equal(watermark, await StateAsync(installation));
    }

    [Fact]
    public async Task It_is_estimated_listed_and_refused_where_it_cannot_be()
    {
        await using var vendor = await OrderVendor.StartAsync(40);
        using var installation = vendor.Install(1);

        var unknown = await installation.CallAsync("backfill", "--source", "vendor", "--streams", "s7", "--from", "2023-01", "--to", "2023-02");
        var wrong = await installation.CallAsync("backfill", "--source", "vendor", "--from", "January", "--to", "2023-02");
        var none = await installation.CallAsync("backfill", "status", "20260101t000000000z-0000");
        var done = await installation.CallAsync("backfill", "--source", "vendor", "--from", "2023-01-15", "--to", "2023-02");
        var list = (await installation.CallAsync("backfill", "list", "--json")).Json<IReadOnlyList<BackfillReport>>();
        var paused = await installation.CallAsync("backfill", "pause", Assert.Single(list).Backfill.Id);

        Assert.Equal((2, 2, 1), (unknown.Code, wrong.Code, none.Code));
        Assert.Contains("vendor has no stream s7; it has s01", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("'January' is neither a month such as 2024-01 nor a day", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("2 windows of 1 stream", done.Output, StringComparison.Ordinal);
        Assert.Contains("about 2 requests", done.Output, StringComparison.Ordinal);
        Assert.Equal((BackfillStatus.Succeeded, 26 * OrderVendor.OrdersOfDay), (list[0].Status, list[0].Rows));
        Assert.Equal(1, paused.Code);
        Assert.Contains("has ended: it is succeeded", paused.Errors, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(Installation installation) =>
        await installation.Lake.ListAsync(null, TestContext.Current.CancellationToken).Select(file => $"{file.Path} {file.Length}").ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<string> StateAsync(Installation installation) =>
        System.Text.Encoding.UTF8.GetString((await installation.Lake.ReadAsync(StreamState.PathOf(new StreamName("vendor", "s01")), TestContext.Current.CancellationToken))!.Content.Span);
}
