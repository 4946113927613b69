using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Land;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>A run over a network on which every fifth request goes wrong.</summary>
public sealed class FaultyNetworkTests(UnfinishedShop shop, Azurite azurite) : IClassFixture<UnfinishedShop>
{
    private const int Seed = 20260127;

    private static readonly Fault[] Faults = [Fault.Failed, Fault.Busy, Fault.Reset, Fault.AnswerLost, Fault.Cut, Fault.Refused, Fault.Slow, Fault.Silent];

    [Theory]
    [InlineData(1)]
    [InlineData(50, Explicit = true)]
    public async Task It_makes_the_marts_of_an_undisturbed_one_and_readers_never_see_a_part_of_it(int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            var account = await azurite.NewLakeAsync();
            var lake = await shop.ResetAsync(account);
            await using var proxy = await FaultProxy.StartAsync(await azurite.AddressAsync(), FaultProxy.Chosen(Seed + run, share: 0.2, Faults));
            var faulty = Azurite.Reached(account, proxy.Address);
            (faulty.RequestTimeout, faulty.Retries) = (TimeSpan.FromSeconds(1), 12);

            var report = shop.RunAsync(Azurite.Open(faulty));
            var seen = await WatchAsync(lake, report);

            Assert.Null((await report).Error);
            Assert.True((await report).Published);
            Assert.InRange(seen.Count, 1, 2);
            await shop.HoldAsync($"faults of seed {Seed + run}");
        }
    }

    /// <summary>Follows the manifest for as long as a run goes on: each that is seen names whole files with its rows.</summary>
    private static async Task<HashSet<string>> WatchAsync(ILake lake, Task<RunReport> run)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var manifest = await Manifest.ReadAsync(lake, TestContext.Current.CancellationToken);
            Assert.NotNull(manifest);
            foreach (var table in seen.Add(manifest.RunId) ? manifest.Tables : [])
            {
                var file = await lake.LocalAsync(new LakePath(table.Path), TestContext.Current.CancellationToken);
                Assert.Equal([$"{table.Rows}"], Duck.Query($"select count(*) from read_parquet('{file}')"));
            }
        }
        while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken)) != run);
        return seen;
    }
}
