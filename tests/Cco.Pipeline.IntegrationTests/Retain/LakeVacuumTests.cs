using Cco.Pipeline.IntegrationTests.EndedEarly;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.IntegrationTests.Retain;

public sealed class LakeVacuumTests : IDisposable
{
    private static readonly string[] Folders = ["marts", "models", "stage", "raw", "runs"];

    private readonly PersonShop shop = new();

    private readonly PersonLakes lakes;

    public LakeVacuumTests(PersonLakes lakes)
    {
        this.lakes = lakes;
        (shop.Settings["Retention:KeepRuns"], shop.Settings["Retention:KeepRunDays"]) = ("2", "0");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_beyond_the_policy_go_and_nothing_that_is_current_is_built_again()
    {
        await TakeAsync();
        var before = await shop.BuyersAsync();

        var plan = await shop.VacuumAsync();

        Assert.Equal(["marts", "models"], plan.Folders.Select(folder => folder.Folder));
        Assert.Empty((await shop.VacuumAsync()).Folders);
        Assert.Equal(before, await shop.BuyersAsync());
        Assert.Equal(2, Manifests().Count);
        var next = await shop.RunAsync();
        Assert.Equal(BuildOutcome.Unchanged, Assert.Single(next.Models, model => model.Name == "fct_buyer").Outcome);
    }

    [Fact]
    public async Task What_is_kept_can_be_read()
    {
        await TakeAsync();

        await shop.VacuumAsync();

        foreach (var run in Manifests())
        {
            var tables = RunTables.Of((await Manifest.ReadAsync(shop.Installation.Lake, run, Cancel))!);
            Assert.NotEmpty(Duck.Query($"select * from read_parquet('{shop.Installation.InLake(tables.Find("fct_buyer").Value)}')"));
        }
    }

    [Fact]
    public async Task Old_dropped_files_and_reports_go_when_the_settings_say_so()
    {
        await TakeAsync();
        foreach (var file in Directory.EnumerateFiles(shop.Installation.InLake("landing-done"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(shop.Installation.InLake("runs"))))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        (shop.Settings["Retention:DroppedFileDays"], shop.Settings["Retention:ReportDays"]) = ("30", "30");
        var plan = await shop.VacuumAsync();

        Assert.Equal(["landing-done|4", "runs|1"], plan.Folders.Where(folder => folder.Folder is "landing-done" or "runs").Select(folder => $"{folder.Folder}|{folder.Files}"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40, Explicit = true)]
    public async Task Wherever_it_ends_the_marts_are_whole_and_the_next_one_completes_it(int points)
    {
        await TakeAsync();
        await shop.DeleteAsync("o2");
        var before = await shop.BuyersAsync();
        shop.Settings["Retention:DeletedRecordDays"] = "30";
        var time = new SourceWorld.Clock(TimeProvider.System.GetUtcNow().AddDays(31));
        shop.Installation.Keep();
        int operations;
        await using (var lake = new DyingLake(shop.Reset()))
        {
            Assert.Equal([new VacuumedRecords("file.order_line", 1)], (await shop.VacuumAsync(lake, time)).Records);
            operations = lake.Operations;
        }

        var after = Files();
        foreach (var (last, isDone) in PersonShop.Points(operations, points))
        {
            await using (var lake = new DyingLake(shop.Reset(), last, isDone))
            {
                await Assert.ThrowsAsync<DyingLake.DiedException>(() => shop.VacuumAsync(lake, time));
            }

            Assert.Equal(before, await shop.BuyersAsync());
            await shop.VacuumAsync(time: time);
            Assert.Equal(after, Files());
        }

        Assert.Empty(LakeGrep.Find(shop.Installation.InLake("raw"), "Bob Bo"));
        Assert.Null((await shop.RunAsync()).Error);
        Assert.Equal(before.Skip(1), (await shop.BuyersAsync()).Select((buyer, place) => $"{place + 2}{buyer[1..]}"));
    }

    [Fact]
    public async Task The_program_shows_what_would_go_and_deletes_it_when_told_to()
    {
        await TakeAsync();
        (shop.Installation.Environment["CCO_Retention__KeepRuns"], shop.Installation.Environment["CCO_Retention__KeepRunDays"]) = ("1", "0");

        var shown = await shop.Installation.CallAsync("lake", "vacuum");
        var isThere = Manifests().Count;
        var done = await shop.Installation.CallAsync("lake", "vacuum", "--yes");

        Assert.Equal((0, 0, 3, 1), (shown.Code, done.Code, isThere, Manifests().Count));
        Assert.Contains("--yes does it", shown.Output, StringComparison.Ordinal);
    }

    public void Dispose() => shop.Dispose();

    private async Task TakeAsync() => shop.Installation.Take(await lakes.OfRunsAsync());

    private IReadOnlyList<string> Manifests() =>
        [.. Directory.EnumerateFiles(shop.Installation.InLake("marts/runs"), "manifest.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    private IReadOnlyList<string> Files() => [.. Folders.SelectMany(folder => Directory.EnumerateFiles(shop.Installation.InLake(folder), "*", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(shop.Installation.LakeFolder, file)).Order(StringComparer.Ordinal)];
}
