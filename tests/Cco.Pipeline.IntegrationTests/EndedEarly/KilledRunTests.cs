namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>A run whose process is killed.</summary>
public sealed class KilledRunTests(UnfinishedShop shop) : IClassFixture<UnfinishedShop>
{
    [Fact]
    public async Task Wherever_it_is_killed_the_marts_stay_whole_and_the_next_run_completes()
    {
        var events = await EventsAsync();

        foreach (var point in UnfinishedShop.Points(events))
        {
            using var watch = new LakeWatch(shop.Reset(), point);
            await using var run = shop.Start();
            var isKilled = await run.KillAsync(watch.Reached);

            await shop.HoldAsync($"{(isKilled ? "killed at" : "ended by itself before")} event {point} of {events}");
        }
    }

    /// <summary>What happens to the files of the lake in a run that nobody disturbs.</summary>
    private async Task<int> EventsAsync()
    {
        using var watch = new LakeWatch(shop.Reset());
        await using var run = shop.Start();
        await run.EndAsync();
        return watch.Events;
    }
}
