using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>The commands that change the lake.</summary>
public sealed class DropAndRunTests : IDisposable
{
    private readonly Installation installation = Shop.Install();

    [Fact]
    public async Task A_dropped_file_waits_and_the_next_run_publishes_it()
    {
        var file = installation.Write("orders.csv", Shop.Orders);

        var dropped = await installation.CallAsync("drop", "order_line", file);
        var again = await installation.CallAsync("drop", "order_line", file);
        var run = await installation.CallAsync("run", "--as-of", "2026-01-01");

        Assert.Equal((0, "landing/order_line/orders.csv\n"), (dropped.Code, dropped.Output));
        Assert.Equal(1, again.Code);
        Assert.Contains("waits already", again.Errors, StringComparison.Ordinal);
        Assert.Equal(0, run.Code);
        Assert.Contains("1 file landed with 3 rows, 0 duplicates, 0 failed", run.Output, StringComparison.Ordinal);
        Assert.Equal(["22.0000"], await installation.QueryAsync("select sum(amount) from fct_order"));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_file_that_is_not_there_cannot_be_dropped()
    {
        var result = await installation.CallAsync("drop", "order_line", "nowhere.csv");

        Assert.Equal(1, result.Code);
        Assert.Contains("nowhere.csv", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_asked_before_something_is_published()
    {
        var result = await installation.CallAsync("query", "select 1");

        Assert.Equal(1, result.Code);
        Assert.Contains("Nothing has been published yet: `cco run` publishes.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_can_be_done_alone()
    {
        installation.Drop("order_line", "orders.csv", Shop.Orders);

        var report = await installation.RunAsync("--only", "intake");

        Assert.Equal((1, 0, false), (report.Files.Count, report.Models.Count, report.Published));
        Assert.True((await installation.RunAsync()).Published);
    }

    [Fact]
    public async Task A_file_that_failed_is_read_again_after_a_retry()
    {
        installation.Drop("order_line", "orders.csv", "order,amount\no1,10\n");
        var failed = Assert.Single((await installation.RunAsync()).Files);
        installation.Write("sql/landing/order_line.yaml", "table: order_line\nentity: order_line\ncolumns: { order: order_id }\n");

        var retried = await installation.CallAsync("quarantine", "retry");
        var report = await installation.RunAsync();

        Assert.Contains("there is no column 'order_id'. The file has: 'order', 'amount'.", failed.Reason, StringComparison.Ordinal);
        Assert.StartsWith("landing/order_line/orders.csv\n", retried.Output, StringComparison.Ordinal);
        Assert.Null(Assert.Single(report.Files).Reason);
        Assert.Equal(["o1"], await installation.QueryAsync("select order_id from fct_order"));
        Assert.Empty((await installation.CallAsync("status", "--json")).Json().GetProperty("failed_files").EnumerateArray());
    }

    [Fact]
    public async Task A_file_that_is_removed_while_it_is_read_fails_alone_and_says_so()
    {
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        var gone = await NamedPipe.MakeAsync(installation.InLake("landing/order_line/gone.csv"));
        await using var run = installation.Start("run", "--as-of", "2026-01-01", "--json");
        await gone.ServeAsync("order_id,amount\no9,1\n", vanishes: true);

        var report = (await run.EndAsync()).Json<RunReport>();

        var failed = Assert.Single(report.Files, file => file.Outcome == FileOutcome.Failed);
        Assert.Equal("gone.csv: it was removed before it could be read. Drop it again.", failed.Reason);
        Assert.True(report.Published);
        Assert.Equal(["3"], await installation.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task Quarantine_is_what_the_last_run_found_even_if_an_earlier_one_found_the_same()
    {
        installation.Drop("order_line", "orders.csv", "order_id,amount\no1,ten\n");
        await installation.RunAsync();
        installation.Write(
            "other/models/conformed/order_line.contract.sql",
            (await File.ReadAllTextAsync(installation.PathOf("sql/models/conformed/order_line.contract.sql"), TestContext.Current.CancellationToken))
                .Replace("amount decimal(18, 4) not null check (amount >= 0)", "amount varchar", StringComparison.Ordinal));
        installation.Write("other/models/marts/fct_order.sql", Shop.Fact.Replace("    amount", "    0.0::decimal(18, 4) as amount", StringComparison.Ordinal));
        installation.Configure(installation.PathOf("sql"), installation.PathOf("other"));
        await installation.RunAsync();
        Assert.Empty(await installation.QuarantinedAsync());
        installation.Configure(installation.PathOf("sql"));

        await installation.RunAsync();

        Assert.Equal("ten", Assert.Single(await installation.QuarantinedAsync()).Value);
    }

    public void Dispose() => installation.Dispose();
}
