using Cco.Pipeline.IntegrationTests.EndedEarly;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.IntegrationTests.Retain;

public sealed class LakeCompactionTests : IDisposable
{
    private const string Orders = "raw/file/order_line";

    private readonly PersonShop shop = new();

    private readonly PersonLakes lakes;

    public LakeCompactionTests(PersonLakes lakes)
    {
        this.lakes = lakes;
        (shop.Settings["Retention:CompactFiles"], shop.Settings["Retention:KeepRuns"], shop.Settings["Retention:KeepRunDays"]) = ("2", "1", "0");
    }

    [Fact]
    public async Task The_marts_stay_what_they_are_to_the_last_byte()
    {
        await TakeAsync();
        var before = await shop.BytesAsync();

        var plan = await shop.CompactAsync();

        Assert.Equal(PersonShop.Drops, Assert.Single(plan.Days, day => day.Stream == "file.order_line").Files);
        Assert.Equal(1, shop.Installation.CountIn(Orders));
        var unchanged = await shop.RunAsync();
        Assert.Equal(BuildOutcome.Unchanged, Assert.Single(unchanged.Models, model => model.Name == "fct_buyer").Outcome);
        DeleteCaches();
        Assert.Null((await shop.RunAsync()).Error);
        Assert.Equal(before, await shop.BytesAsync());
    }

    [Fact]
    public async Task Nothing_is_left_to_do_afterwards_and_what_landed_is_known_to_have()
    {
        await TakeAsync();
        await shop.CompactAsync();

        shop.Drop(1);
        var report = await shop.RunAsync();

        Assert.Equal(FileOutcome.Duplicate, Assert.Single(report.Files).Outcome);
        Assert.DoesNotContain("~", report.Files[0].RawFile, StringComparison.Ordinal);
        Assert.DoesNotContain((await shop.CompactAsync()).Days, day => day.Stream == "file.order_line");
    }

    [Fact]
    public async Task A_person_can_be_forgotten_in_what_was_compacted()
    {
        await TakeAsync();
        await shop.CompactAsync();
        var before = await shop.BuyersAsync();

        await shop.ForgetAsync(new ForgetRequest(["ada1@acme.example"], []));

        Assert.Empty(LakeGrep.Find(shop.Installation.LakeFolder, "ada1@acme.example"));
        Assert.NotEmpty(LakeGrep.Find(shop.Installation.LakeFolder, "ada2@acme.example"));
        Assert.Equal(before, await shop.BuyersAsync());
        Assert.Equal(1, shop.Installation.CountIn(Orders));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40, Explicit = true)]
    public async Task Wherever_it_ends_nothing_is_lost_or_doubled_and_the_next_one_completes_it(int points)
    {
        await TakeAsync();
        var before = await shop.BytesAsync();
        shop.Installation.Keep();
        int operations;
        await using (var lake = new DyingLake(shop.Reset()))
        {
            await shop.CompactAsync(lake);
            operations = lake.Operations;
        }

        foreach (var (last, isDone) in PersonShop.Points(operations, points))
        {
            await using (var lake = new DyingLake(shop.Reset(), last, isDone))
            {
                await Assert.ThrowsAsync<DyingLake.DiedException>(() => shop.CompactAsync(lake));
            }

            DeleteCaches();
            Assert.Null((await shop.RunAsync()).Error);
            Assert.Equal(before, await shop.BytesAsync());
            await shop.CompactAsync();
            Assert.Equal(1, shop.Installation.CountIn(Orders));
        }
    }

    [Fact]
    public async Task The_program_shows_what_can_become_one_and_makes_it_one_when_told_to()
    {
        await TakeAsync();
        shop.Installation.Environment["CCO_Retention__CompactFiles"] = "2";
        shop.Installation.Environment["CCO_Retention__KeepRuns"] = "1";
        shop.Installation.Environment["CCO_Retention__KeepRunDays"] = "0";

        var shown = await shop.Installation.CallAsync("lake", "compact");
        var isThere = shop.Installation.CountIn(Orders);
        var done = await shop.Installation.CallAsync("lake", "compact", "--yes");

        Assert.Equal((0, 0, PersonShop.Drops, 1), (shown.Code, done.Code, isThere, shop.Installation.CountIn(Orders)));
        Assert.Matches($"file.order_line +extract_date=[0-9-]+ +{PersonShop.Drops} ", shown.Output);
    }

    public void Dispose() => shop.Dispose();

    private async Task TakeAsync() => shop.Installation.Take(await lakes.OfDropsAsync());

    private void DeleteCaches()
    {
        Directory.Delete(shop.Installation.InLake("stage"), recursive: true);
        Directory.Delete(shop.Installation.InLake("models"), recursive: true);
    }
}
