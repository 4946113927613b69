using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Land;

namespace Cco.Pipeline.IntegrationTests.Backfills;

/// <summary>A backfill that several processes work on.</summary>
public sealed class SharedBackfillTests(Azurite azurite)
{
    private const string Doomed = "doomed";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>In a storage account a dead worker's window is free again after a minute, so that takes longer.</summary>
    [Theory]
    [InlineData(3, 4, false)]
    [InlineData(20, 36, true, Explicit = true)]
    public async Task Workers_that_share_it_publish_what_one_undisturbed_run_publishes_though_one_is_killed(int streams, int months, bool isInAnAccount)
    {
        var (end, reached) = (OrderVendor.First.AddMonths(months), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var days = end.DayNumber - OrderVendor.First.DayNumber;
        await using var vendor = await OrderVendor.StartAsync(days, async (key, asked, aborted) =>
        {
            if (key == Doomed && asked["cursor"] is not null)
            {
                reached.TrySetResult();
                await HangAsync(aborted);
            }
        });
        using var undisturbed = vendor.Install(streams);
        using var shared = vendor.Install(streams);
        if (isInAnAccount)
        {
            shared.Use(await azurite.NewLakeAsync());
        }

        OrderVendor.Key(shared, Doomed);
        await using var first = shared.Start("backfill", "--source", "vendor", "--from", $"{OrderVendor.First:yyyy-MM}", "--to", $"{end.AddDays(-1):yyyy-MM}");
        var id = (await first.SaidAsync("backfill ")).Split(' ', ':')[1];
        Assert.True(await first.KillAsync(reached.Task));
        OrderVendor.Key(shared, "living");
        await using var second = shared.Start("backfill", "resume", id);
        await using var third = shared.Start("backfill", "resume", id, "--json");
        var alone = await undisturbed.RunAsync();
        var (ended, told) = (await second.EndAsync(Longest), await third.EndAsync(Longest));

        Assert.True(ended.Code == 0, ended.Everything);
        Assert.True(told.Code == 0, told.Everything);
        var report = told.Json<BackfillReport>();
        Assert.Equal((BackfillStatus.Succeeded, streams * months), (report.Status, report.Done));
        Assert.Equal(streams * days * OrderVendor.OrdersOfDay, report.Rows);
        Assert.Equal((streams * months) + 1, report.Windows.Values.Sum(window => window.Attempts));
        Assert.True(alone.Published, alone.Error);
        Assert.Equal(await MartsAsync(undisturbed), await MartsAsync(shared));
        Assert.Equal([$"{streams * days * OrderVendor.OrdersOfDay}"], await shared.QueryAsync("select count(*) from fct_order"));
    }

    private static async Task HangAsync(CancellationToken aborted) => await Task.Delay(Timeout.InfiniteTimeSpan, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<IReadOnlyList<string>> MartsAsync(Installation installation) =>
        [.. await installation.QueryAsync("select * from fct_order order by all"), .. await installation.QueryAsync("select * from fct_kpi order by all")];
}
