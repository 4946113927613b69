using Cco.Pipeline.Land;
using Cco.Pipeline.Tests.Land;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>A run whose machine is gone between two operations on the lake.</summary>
public sealed class DyingLakeTests(UnfinishedShop shop, Azurite azurite) : IClassFixture<UnfinishedShop>
{
    [Theory]
    [InlineData(5)]
    [InlineData(40, Explicit = true)]
    public async Task Between_any_two_operations_the_marts_stay_whole_and_the_next_run_completes(int points)
    {
        var operations = await OperationsAsync();

        foreach (var point in UnfinishedShop.Points(2 * operations, points))
        {
            var (last, isDone) = ((point + 1) / 2, point % 2 == 0);
            await using (var lake = new DyingLake(new FolderLake(shop.Reset()), last, isDone))
            {
                await Assert.ThrowsAsync<DyingLake.DiedException>(() => shop.RunAsync(lake));
            }

            await shop.HoldAsync($"{(isDone ? "after" : "before")} operation {last} of {operations}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100, Explicit = true)]
    public async Task So_they_do_in_a_storage_account(int points)
    {
        await using var counting = new DyingLake(await shop.ResetAsync(await azurite.NewLakeAsync()));
        await shop.RunAsync(counting);

        foreach (var point in UnfinishedShop.Points(2 * counting.Operations, points))
        {
            var (last, isDone) = ((point + 1) / 2, point % 2 == 0);
            await using (var lake = new DyingLake(await shop.ResetAsync(await azurite.NewLakeAsync()), last, isDone))
            {
                await Assert.ThrowsAsync<DyingLake.DiedException>(() => shop.RunAsync(lake));
            }

            await shop.HoldAsync($"{(isDone ? "after" : "before")} operation {last} of {counting.Operations} on a container");
        }
    }

    /// <summary>The operations of a run that nobody disturbs.</summary>
    private async Task<int> OperationsAsync()
    {
        await using var lake = new DyingLake(new FolderLake(shop.Reset()));
        await shop.RunAsync(lake);
        return lake.Operations;
    }
}
