using System.Globalization;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>CRM, billing and products of a company that sells goods: nothing recurs.</summary>
public sealed class UnifiedFoundationTests(UnifiedFoundationTests.Run run) : IClassFixture<UnifiedFoundationTests.Run>
{
    private static readonly (string Table, string Entity, string Key)[] Entities =
    [
        ("ms_customer", "customer", "CustomerId"),
        ("ms_customer_account", "customer_link", "CustomerAccountId"),
        ("ms_product", "product", "ProductID"),
        ("ms_invoice", "invoice_line", "InvoiceId"),
        ("ms_payment", "payment", "PaymentId"),
    ];

    public sealed class Run() : RealRun(
        "ms-unified-foundation",
        "2025-07-01",
        ("ms_customer", "Customer_Samples.csv"),
        ("ms_customer_account", "CustomerAccount_Samples.csv"),
        ("ms_product", "Product_Samples_Combined.csv"),
        ("ms_invoice", "Invoice_Samples_Fabric.csv"),
        ("ms_payment", "Payment_Samples_Fabric.csv"));

    [Fact]
    public void The_run_succeeds_and_publishes()
    {
        Assert.Null(run.Report.Error);
        Assert.Equal(RunStatus.Succeeded, run.Report.Status);
        Assert.True(run.Report.Published);
    }

    [Fact]
    public async Task Every_line_of_every_file_is_one_row_and_none_is_in_quarantine()
    {
        var report = run.Report;

        foreach (var (table, entity, key) in Entities)
        {
            var records = run.Records(table);
            var receipt = Assert.Single(report.Files, file => file.Table == table);
            Assert.Equal((FileOutcome.Landed, records.Count, 0), (receipt.Outcome, receipt.Rows, receipt.Rejected));
            Assert.Equal(records.Count, records.Select(record => record[key]).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal([$"{records.Count}|{records.Count}"], run.Conformed(entity, $"select count(*), count(distinct origin.record_id) from {entity}"));
        }

        Assert.Empty(await run.Installation.QuarantinedAsync());
    }

    [Fact]
    public void Invoice_totals_agree_to_the_cent()
    {
        var invoices = run.Records("ms_invoice");

        var totals = run.Conformed("invoice_line", "select invoice_id, sum(amount + tax_amount), sum(tax_amount) from invoice_line group by all order by invoice_id");

        Assert.Equal(
            invoices.OrderBy(invoice => invoice["InvoiceId"], StringComparer.Ordinal).Select(invoice => $"{invoice["InvoiceId"]}|{Money(invoice["TotalAmount"])}|{Money(invoice["TaxAmount"])}"),
            totals);
        Assert.Equal(
            [$"{invoices.Sum("TotalAmount"):0.0000}|{invoices.Sum("SubTotal"):0.0000}"],
            run.Conformed("invoice_line", "select sum(amount + tax_amount), sum(amount) from invoice_line"));
    }

    [Fact]
    public void Payments_agree_to_the_cent_by_status()
    {
        var expected = run.Records("ms_payment").GroupBy(payment => payment["PaymentStatus"])
            .Select(group => $"{(group.Key == "Completed" ? "succeeded" : group.Key.ToLowerInvariant())}|{group.Count()}|{group.Sum("PaymentAmount"):0.0000}");

        Assert.Equal(
            expected.Order(StringComparer.Ordinal), run.Conformed("payment", "select status, count(*), sum(amount) from payment group by all order by status"));
    }

    [Fact]
    public async Task Each_customer_is_one_although_many_share_an_address_and_persons_have_no_name()
    {
        var customers = run.Records("ms_customer");

        var listed = await run.Installation.QueryAsync("select count(*), count(distinct name) from dim_customer where is_listed");

        Assert.True(customers.Select(customer => customer["PrimaryEmail"]).Distinct(StringComparer.Ordinal).Count() < customers.Count);
        var names = customers.Where(customer => customer["CustomerTypeId"] != "Individual").Select(customer => $"{customer["FirstName"]} {customer["LastName"]}").Distinct(StringComparer.Ordinal).Count();
        Assert.Equal([$"{customers.Count}|{names}"], listed);
    }

    [Fact]
    public async Task Recurring_revenue_is_none_and_every_line_says_why()
    {
        var expected = run.Records("ms_invoice").GroupBy(invoice => invoice["InvoiceStatus"] == "Cancelled" ? "void" : "one_off")
            .Select(group => $"{group.Key}|false|{group.Count()}|0.0000").Order(StringComparer.Ordinal);

        Assert.Equal(
            expected,
            await run.Installation.QueryAsync("select exclusion_reason, is_recurring, count(*), sum(mrr_amount_native) from fct_revenue_item group by all order by 1"));
        Assert.Equal(["0"], await run.Installation.QueryAsync("select count(*) from fct_mrr_movement"));
    }

    private static string Money(string text) => decimal.Parse(text, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture);
}
