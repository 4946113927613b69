using Cco.Pipeline.IntegrationTests.Processes;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.IntegrationTests.Retain;

/// <summary>A lake in a storage account is kept small, and persons are forgotten in it, as in a folder. What is in it afterwards is looked at in a copy.</summary>
public sealed class AccountRetentionTests(PersonLakes lakes, Azurite azurite) : IDisposable
{
    private readonly PersonShop shop = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_needs_goes_and_nothing_names_who_was_forgotten()
    {
        await TakeAsync(await lakes.OfRunsAsync());
        var before = await BuyersAsync();
        (shop.Settings["Retention:KeepRuns"], shop.Settings["Retention:KeepRunDays"]) = ("1", "0");

        var vacuumed = await shop.VacuumAsync();

        Assert.Equal(["marts", "models"], vacuumed.Folders.Select(freed => freed.Folder));
        Assert.Empty((await shop.VacuumAsync()).Folders);
        Assert.Equal(before, await BuyersAsync());

        await shop.ForgetAsync(new ForgetRequest(["ada@acme.example"], []));

        var folder = await CopiedAsync("forgotten");
        Assert.Empty(LakeGrep.Find(folder, "ada@acme.example").Concat(LakeGrep.Find(folder, "Ada Byron")));
        Assert.NotEmpty(LakeGrep.Find(folder, "bob@acme.example"));
        await PublishedState.HoldAsync(folder);
        Assert.Equal(before, await BuyersAsync());
        Assert.Null((await shop.RunAsync()).Error);
    }

    [Fact]
    public async Task Small_files_become_one_and_nothing_is_built_again()
    {
        await TakeAsync(await lakes.OfDropsAsync());
        var before = await BuyersAsync();
        shop.Settings["Retention:CompactFiles"] = "2";

        var plan = await shop.CompactAsync();

        Assert.Equal(PersonShop.Drops, Assert.Single(plan.Days, day => day.Stream == "file.order_line").Files);
        var run = await shop.RunAsync();
        Assert.Equal(BuildOutcome.Unchanged, Assert.Single(run.Models, model => model.Name == "fct_buyer").Outcome);
        Assert.Equal(before, await BuyersAsync());
    }

    public void Dispose() => shop.Dispose();

    private Task<IReadOnlyList<string>> BuyersAsync() => shop.Installation.QueryAsync("select * from fct_buyer order by all");

    /// <summary>Has a copy of a lake in a container of its own.</summary>
    private async Task TakeAsync(string folder)
    {
        shop.Installation.Use(await azurite.NewLakeAsync());
        await CopyAsync(new FolderLake(folder), shop.Installation.Lake);
    }

    private async Task<string> CopiedAsync(string name)
    {
        var folder = shop.Installation.PathOf(name);
        await CopyAsync(shop.Installation.Lake, new FolderLake(folder));
        return folder;
    }

    private Task<LakeCopied> CopyAsync(ILake from, ILake to) =>
        new LakeCopy(from, to, new TransformOptions { Scratch = shop.Installation.Scratch }).CopyAsync(new Progress<LakeCopied>(), Cancel);
}
