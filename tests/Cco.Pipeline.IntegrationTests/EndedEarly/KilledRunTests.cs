using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Cco.Pipeline.Land;
using Cco.Pipeline.Tests.Land;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>A run whose process is killed.</summary>
public sealed class KilledRunTests(UnfinishedShop shop, Azurite azurite) : IClassFixture<UnfinishedShop>
{
    [Theory]
    [InlineData(4)]
    [InlineData(100, Explicit = true)]
    public async Task Wherever_it_is_killed_the_marts_stay_whole_and_the_next_run_completes(int points)
    {
        var events = await EventsAsync();

        foreach (var point in UnfinishedShop.Points(events, points))
        {
            using var watch = new LakeWatch(shop.Reset(), point);
            await using var run = shop.Start();
            var isKilled = await run.KillAsync(watch.Reached);

            await shop.HoldAsync($"{(isKilled ? "killed at" : "ended by itself before")} event {point} of {events}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100, Explicit = true)]
    public async Task So_they_do_in_a_storage_account_wherever_between_two_requests_it_is_killed(int points)
    {
        var requests = await RequestsAsync();

        foreach (var point in UnfinishedShop.Points(requests, points))
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var account = await azurite.NewLakeAsync();
            await shop.ResetAsync(account);
            var count = 0;
            await using var proxy = await FaultProxy.StartAsync(await azurite.AddressAsync(), _ =>
            {
                if (Interlocked.Increment(ref count) == point)
                {
                    reached.SetResult();
                }

                return Task.FromResult(Fault.None);
            });
            shop.Reach(Azurite.Reached(account, proxy.Address));
            await using var run = shop.Start();
            var isKilled = await run.KillAsync(reached.Task);
            shop.Reach(account);
            await FreeAsync(account);

            await shop.HoldAsync($"{(isKilled ? "killed at" : "ended by itself before")} request {point} of {requests}");
        }
    }

    /// <summary>Ends the leases of who is dead, for whose end by itself nobody here waits a minute.</summary>
    private static async Task FreeAsync(LakeOptions account)
    {
        var container = new BlobContainerClient(account.ConnectionString, new Uri(account.Container!).Segments[^1]);
        await foreach (var lease in container.GetBlobsAsync(new GetBlobsOptions { Prefix = "leases/" }, TestContext.Current.CancellationToken))
        {
            if (lease.Properties.LeaseState == LeaseState.Leased)
            {
                await container.GetBlobClient(lease.Name).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The requests of a run that nobody disturbs.</summary>
    private async Task<int> RequestsAsync()
    {
        var (account, count) = (await azurite.NewLakeAsync(), 0);
        await shop.ResetAsync(account);
        await using var proxy = await FaultProxy.StartAsync(await azurite.AddressAsync(), _ =>
        {
            Interlocked.Increment(ref count);
            return Task.FromResult(Fault.None);
        });
        shop.Reach(Azurite.Reached(account, proxy.Address));
        await using var run = shop.Start();
        // Done, without the file that is none.
        Assert.Equal(4, (await run.EndAsync()).Code);
        return count;
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
