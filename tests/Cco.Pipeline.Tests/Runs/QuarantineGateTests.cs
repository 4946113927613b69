using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Runs;

public sealed class QuarantineGateTests : IDisposable
{
    private readonly Company company = new();

    public void Dispose() => company.Dispose();

    [Fact]
    public async Task Too_large_a_bad_share_keeps_the_marts_and_says_stream_share_reasons_and_what_to_do()
    {
        await company.DropAsync("order_line", "good.csv", Orders(0, good: 40, bad: 0));
        await company.RunAsync();
        await company.DropAsync("order_line", "bad.csv", Orders(100, good: 88, bad: 11) + "o999\n");

        var report = await company.RunAsync();

        Assert.Equal((RunStatus.Failed, false), (report.Status, report.Published));
        Assert.Contains("file.order_line: 12 of 100 rows (12.0 %): 11 x amount is no decimal(18,4), such as 1234.56; 1 x The row has 1 cells where the header has 3..", report.Error, StringComparison.Ordinal);
        Assert.Contains("`cco quarantine show file.order_line`", report.Error, StringComparison.Ordinal);
        Assert.Contains("raise Quarantine:MaxShare", report.Error, StringComparison.Ordinal);
        Assert.Equal(["40"], await company.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_run_after_one_that_failed_for_them_fails_for_the_same_rows()
    {
        await company.DropAsync("order_line", "bad.csv", Orders(0, good: 80, bad: 20));
        await company.RunAsync();

        Assert.Equal(RunStatus.Failed, (await company.RunAsync()).Status);
    }

    [Fact]
    public async Task A_raised_share_publishes_and_what_was_published_counts_no_more()
    {
        await company.DropAsync("order_line", "bad.csv", Orders(0, good: 80, bad: 20));
        await company.RunAsync();
        company.Quarantine = new QuarantineOptions { MaxShare = 0.2 };
        var raised = await company.RunAsync();
        company.Quarantine = new QuarantineOptions();
        await company.DropAsync("order_line", "good.csv", Orders(200, good: 20, bad: 0));

        var after = await company.RunAsync();

        Assert.Equal((null, null), (raised.Error, after.Error));
    }

    [Fact]
    public async Task A_mended_model_lets_the_rows_pass()
    {
        await company.DropAsync("order_line", "bad.csv", Orders(0, good: 80, bad: 20));
        await company.RunAsync();
        company.Write("models/conformed/order_line.contract.sql", Company.OrderContract.Replace("amount decimal(18, 4) check (amount >= 0)", "amount varchar", StringComparison.Ordinal));
        company.Write("models/marts/fct_order.sql", "-- Grain: one row per order.\nselect customer_key, order_id, null::decimal(18, 4) as amount, null::decimal(18, 4) as running_amount from order_line");

        Assert.Null((await company.RunAsync()).Error);
    }

    [Fact]
    public async Task A_few_bad_rows_of_a_small_file_are_no_alarm()
    {
        await company.DropAsync("order_line", "bad.csv", Orders(0, good: 5, bad: 10));

        Assert.Null((await company.RunAsync()).Error);
    }

    private static string Orders(int first, int good, int bad) => "order_id,customer_key,amount\n"
        + string.Concat(Enumerable.Range(first, good + bad).Select(order => $"o{order},c,{(order < first + good ? "1" : "much")}\n"));
}
