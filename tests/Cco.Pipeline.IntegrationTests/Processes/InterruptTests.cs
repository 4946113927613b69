using System.Globalization;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>Ctrl-C while a run is at work.</summary>
public sealed class InterruptTests : IDisposable
{
    /// <summary>A mart that is never finished.</summary>
    private const string Endless =
        """
        -- Grain: one row in all.
        select cast(count(*) as bigint) as endless_count
        from range(1000000000000) as one(number)
        where number % 7 = (select count(*) from order_line)
        """;

    private const string EndlessContract =
        """
        create table marts.fct_endless (endless_count bigint not null);
        comment on table marts.fct_endless is 'One row in all.';
        comment on column marts.fct_endless.endless_count is 'A number.';
        """;

    private readonly Installation installation = Shop.Install();

    public InterruptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A test cannot press Ctrl-C in Windows. This runs on Linux and macOS.");
        Assert.SkipWhen(IsInterruptIgnored(), "A shell started the tests in the background, where programs do not hear Ctrl-C. This runs where they are started in the foreground.");
    }

    [Fact]
    public async Task While_a_model_is_built_it_ends_the_run_and_leaves_the_marts_as_they_were()
    {
        var before = await PublishAsync();
        installation.Drop("order_line", "more.csv", "order_id,amount\no9,1\n");
        installation.Write("sql/models/marts/fct_endless.sql", Endless);
        installation.Write("sql/models/marts/fct_endless.contract.sql", EndlessContract);

        await using var run = installation.Start("run", "--as-of", "2026-01-01");
        await run.SaidAsync("  ");
        await run.SaidAsync("transform");
        await run.SaidAsync("  ");
        await run.InterruptAsync();
        var ended = await run.EndAsync();

        Assert.True(ended.Code == 130, ended.Everything);
        Assert.Contains("canceled", ended.Output, StringComparison.Ordinal);
        Assert.Equal("canceled", (await installation.CallAsync("status", "--json")).Json().GetProperty("runs")[0].GetProperty("status").GetString());
        await NextRunCompletesAsync(before, ["o1", "o2", "o3", "o9"]);
    }

    [Fact]
    public async Task While_a_file_is_read_it_ends_the_program_and_the_file_waits_for_the_next_run()
    {
        var before = await PublishAsync();
        await NamedPipe.MakeAsync(installation.InLake("landing/order_line/slow.csv"));
        await using var run = installation.Start("run", "--as-of", "2026-01-01");
        await run.SaidAsync("  1 file");

        await run.InterruptAsync();
        var ended = await run.EndAsync();

        Assert.Equal(130, ended.Code);
        Assert.True(File.Exists(installation.InLake("landing/order_line/slow.csv")));
        File.Delete(installation.InLake("landing/order_line/slow.csv"));
        installation.Drop("order_line", "slow.csv", "order_id,amount\no9,1\n");
        await NextRunCompletesAsync(before, ["o1", "o2", "o3", "o9"]);
    }

    [Fact]
    public async Task A_second_time_it_ends_the_program_at_once()
    {
        await NamedPipe.MakeAsync(installation.InLake("landing/order_line/slow.csv"));
        await using var run = installation.Start("run", "--as-of", "2026-01-01");
        await run.SaidAsync("  1 file");

        await run.InterruptAsync();
        await run.InterruptAsync();
        var ended = await run.EndAsync();

        Assert.Equal((130, ""), (ended.Code, ended.Errors));
    }

    [Fact]
    public async Task While_marts_are_published_they_are_the_old_or_the_new_ones()
    {
        var before = await PublishAsync();
        installation.Drop("order_line", "more.csv", "order_id,amount\no9,1\n");
        await using var run = installation.Start("run", "--as-of", "2026-01-01");
        await run.SaidAsync("publish");

        await run.InterruptAsync();
        var ended = await run.EndAsync();

        Assert.True(ended.Code is 0 or 130, ended.Everything);
        await PublishedState.HoldAsync(installation.LakeFolder);
        await NextRunCompletesAsync(before, ["o1", "o2", "o3", "o9"]);
    }

    public void Dispose() => installation.Dispose();

    private async Task<RunReport> PublishAsync()
    {
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        return await installation.RunAsync();
    }

    private async Task NextRunCompletesAsync(RunReport before, string[] orders)
    {
        var manifest = await PublishedState.HoldAsync(installation.LakeFolder);
        if (manifest.RunId == before.Id)
        {
            Assert.Equal(["3"], await installation.QueryAsync("select count(*) from fct_order"));
        }

        File.Delete(installation.PathOf("sql/models/marts/fct_endless.sql"));
        File.Delete(installation.PathOf("sql/models/marts/fct_endless.contract.sql"));
        var report = await installation.RunAsync();
        Assert.True(report.Published);
        Assert.Equal(orders, await installation.QueryAsync("select order_id from fct_order order by 1"));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(installation.Scratch), entry => Path.GetFileName(entry).StartsWith("cco-", StringComparison.Ordinal));
    }

    /// <summary>Whether SIGINT, the second signal, is among those that this process was started to ignore, as are the programs it starts.</summary>
    private static bool IsInterruptIgnored() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;
}
