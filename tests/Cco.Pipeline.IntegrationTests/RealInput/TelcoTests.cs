namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>Subscribers, some of whom have no charges yet.</summary>
public sealed class TelcoTests(TelcoTests.Run run) : IClassFixture<TelcoTests.Run>
{
    public sealed class Run() : RealRun("ibm-telco", "2026-01-01", ("telco_subscriber", "Telco-Customer-Churn.csv"));

    [Fact]
    public void The_run_succeeds_and_publishes()
    {
        Assert.Null(run.Report.Error);
        Assert.True(run.Report.Published);
    }

    [Fact]
    public async Task Every_subscriber_is_one_customer()
    {
        var receipt = Assert.Single(run.Report.Files);

        Assert.Equal((7043, 0), (receipt.Rows, receipt.Rejected));
        Assert.Equal(7043, run.Records("telco_subscriber").Count);
        Assert.Equal(["7043|7043"], run.Conformed("customer", "select count(*), count(distinct customer_id) from customer"));
        Assert.Equal(["7043"], await run.Installation.QueryAsync("select count(*) from dim_customer where is_listed"));
    }

    [Fact]
    public async Task The_churned_share_is_26_54_per_cent() => Assert.Equal(
        ["1869|26.54"],
        await run.Installation.QueryAsync(
            "select count(*) filter (lifecycle_stage = 'churned'), printf('%.2f', 100 * count(*) filter (lifecycle_stage = 'churned') / count(*)) from dim_customer"));

    [Fact]
    public async Task Blank_charges_are_nulls_and_neither_zeros_nor_errors()
    {
        var charges = run.Records("telco_subscriber").Where(subscriber => subscriber["TotalCharges"].Trim().Length > 0).Sum("TotalCharges");

        Assert.Equal(
            [$"11|0|{charges:0.0000}"],
            run.Conformed(
                "customer", "select count(*) filter (total_revenue_amount is null), count(*) filter (total_revenue_amount = 0), sum(total_revenue_amount) from customer"));
        Assert.Empty(await run.Installation.QuarantinedAsync());
    }
}
