using System.Globalization;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>The program on a lake in a storage account.</summary>
public sealed class StorageAccountTests(Azurite azurite) : IDisposable
{
    private readonly Installation installation = Shop.Install();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_makes_the_marts_that_it_makes_in_a_folder()
    {
        var account = await azurite.NewLakeAsync();
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        await installation.RunAsync("--only", "intake");
        await new LakeCopy(installation.Lake, Azurite.Open(account), new TransformOptions { Scratch = installation.Scratch }).CopyAsync(new Progress<LakeCopied>(), Cancel);
        await installation.RunAsync();
        var inFolder = await FilesAsync(await Manifest.ReadAsync(installation.Lake, Cancel));
        installation.Use(account);

        var dropped = await installation.CallAsync("drop", "order_line", installation.Write("orders.csv", Shop.Orders));
        var run = await installation.RunAsync();
        var again = await installation.RunAsync();

        Assert.Equal((0, true, true), (dropped.Code, run.Published, again.Published));
        Assert.Equal(FileOutcome.Duplicate, Assert.Single(run.Files).Outcome);
        Assert.Equal(inFolder, await FilesAsync(await Manifest.ReadAsync(installation.Lake, run.Id, Cancel)));
        Assert.Equal(["22.0000"], await installation.QueryAsync("select sum(amount) from fct_order"));
        Assert.Equal(0, (await installation.CallAsync("status")).Code);
    }

    [Fact]
    public async Task The_second_of_two_runs_at_once_says_who_is_at_work()
    {
        installation.Use(await azurite.NewLakeAsync());
        await using (await installation.Lake.LeaseAsync(PipelineRun.Lease, "run 20260101t000000000z-abcd on here, process 7", Cancel))
        {
            var second = await installation.CallAsync("run", "--as-of", "2026-01-01");

            Assert.Equal(3, second.Code);
            Assert.Contains("run 20260101t000000000z-abcd on here, process 7", second.Errors, StringComparison.Ordinal);
        }

        Assert.True((await installation.RunAsync()).Published);
    }

    [Fact]
    public async Task Of_two_schedulers_at_once_one_does_it_and_nothing_is_done_twice()
    {
        installation.Use(await azurite.NewLakeAsync());
        await installation.CallAsync("drop", "order_line", installation.Write("orders.csv", Shop.Orders));
        await using var one = installation.Start("run", "--as-of", "2026-01-01");
        await using var other = installation.Start("run", "--as-of", "2026-01-01");

        var ended = await Task.WhenAll(one.EndAsync(), other.EndAsync());

        Assert.Contains(ended, run => run.Code == 0);
        Assert.All(ended, run => Assert.True(run.Code is 0 or 3, run.Everything));
        Assert.Equal(["3|22.0000"], await installation.QueryAsync("select count(*) || '|' || sum(amount) from fct_order"));
        Assert.True((await installation.RunAsync()).Published);
    }

    [Fact]
    public async Task A_lake_is_copied_there_and_back_and_a_second_time_nothing_is()
    {
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        await installation.RunAsync();
        var account = await azurite.NewLakeAsync();
        installation.Use(account);

        var there = (await installation.CallAsync("lake", "copy", installation.LakeFolder, account.Container!, "--json")).Json<LakeCopied>();
        var again = (await installation.CallAsync("lake", "copy", installation.LakeFolder, account.Container!, "--json")).Json<LakeCopied>();
        var back = await installation.CallAsync("lake", "copy", account.Container!, installation.PathOf("back"));

        Assert.Equal((there.AllFiles, there.AllFiles), (there.Files, there.Copied));
        Assert.Equal(0, again.Copied);
        Assert.True(back.Code == 0, back.Everything);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{there.Files:N0} of {there.Files:N0} files"), back.Output, StringComparison.Ordinal);
        await PublishedState.HoldAsync(installation.PathOf("back"));
        Assert.Equal(Bytes(installation.LakeFolder), Bytes(installation.PathOf("back")));
    }

    [Fact]
    public async Task A_lake_is_not_copied_over_another()
    {
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        await installation.RunAsync();
        await installation.CallAsync("run", "--as-of", "2026-01-01", "--lake", installation.PathOf("other"));

        var copied = await installation.CallAsync("lake", "copy", installation.LakeFolder, installation.PathOf("other"));

        Assert.Equal(1, copied.Code);
        Assert.Contains("There is another lake already", copied.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => installation.Dispose();

    /// <summary>The marts of a run, each with the hash of its file.</summary>
    private async Task<IReadOnlyList<string>> FilesAsync(Manifest? manifest)
    {
        var files = new List<string>();
        foreach (var table in manifest!.Tables)
        {
            await using var file = await installation.Lake.OpenReadAsync(new LakePath(table.Path), Cancel);
            files.Add($"{table.Name} {table.Rows} {Convert.ToHexString(await System.Security.Cryptography.SHA256.HashDataAsync(file, Cancel))}");
        }

        return files;
    }

    private static IEnumerable<string> Bytes(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Path: Path.GetRelativePath(folder, file), File: file))
        .Where(file => !file.Path.StartsWith('.') && !file.Path.StartsWith("leases", StringComparison.Ordinal))
        .Select(file => $"{file.Path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.File)))}")
        .Order(StringComparer.Ordinal);
}
