using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>Stripe's own sample objects, given by a server as Stripe's lists are, through a whole run. The subscription is paused, and its packages of 1,592,560,163 are rounded down to none.</summary>
public sealed class StripeObjectTests
{
    private static readonly Dictionary<string, string> Resources = new(StringComparer.Ordinal)
    {
        ["/customers"] = "customer",
        ["/products"] = "product",
        ["/prices"] = "price",
        ["/subscriptions"] = "subscription",
        ["/invoices"] = "invoice",
        ["/charges"] = "charge",
        ["/refunds"] = "refund",
        ["/disputes"] = "dispute",
        ["/credit_notes"] = "credit_note",
        ["/events"] = "event",
    };

    [Fact]
    public async Task Every_sample_object_is_typed()
    {
        RealData.Need();
        using var samples = JsonDocument.Parse(await File.ReadAllTextAsync(RealData.PathOf("stripe-openapi/fixtures3.json")!, TestContext.Current.CancellationToken));
        await using var server = await LoopbackServer.OfJsonAsync(asked => List(samples, asked));
        using var installation = new Installation
        {
            Environment =
            {
                ["CCO_Sources__stripe__Start"] = "2009-01-01",
                ["CCO_Sources__stripe__BaseUrl"] = server.Address.ToString(),
                ["CCO_Sources__stripe__RequestsPerSecond"] = "1000",
                ["CCO_Sources__stripe__Secrets__api_key"] = "rk_test_sample",
            },
        };

        var report = await installation.RunAsync();

        Assert.All(report.Streams, stream => Assert.Equal((StreamOutcome.Read, null), (stream.Outcome, stream.Error)));
        Assert.Equal((RunStatus.Succeeded, true), (report.Status, report.Published));
        Assert.Equal(["cus_QXg1o8vcGmoR32|USD|true"], installation.Conformed(report, "customer", "select customer_id, currency, is_test from customer"));
        Assert.Equal(["prod_QXg1hqf4jFNsqG|T-shirt"], installation.Conformed(report, "product", "select product_id, name from product"));
        Assert.Equal(["price_1PgafmB7WZ01zgkW6dKueIc5|month|20.0000"], installation.Conformed(report, "plan", "select plan_id, billing_interval, unit_amount from plan"));
        Assert.Equal(
            ["si_QXhVnC2h0Jczwc|sub_1Pgc6rB7WZ01zgkWNy0Cn5nw|paused|0.0000|20.0000"],
            installation.Conformed(report, "subscription_item", "select subscription_item_id, subscription_id, status, quantity, unit_amount from subscription_item"));
        Assert.Equal(
            ["il_1Pgc6sB7WZ01zgkWFnxLrLCq|draft|proration|10.0000"],
            installation.Conformed(report, "invoice_line", "select invoice_line_id, invoice_status, line_type, amount from invoice_line"));
        Assert.Equal(
            ["cn_1Pgc75B7WZ01zgkWJMPt5riP|1|11.9000", "cn_1Pgc75B7WZ01zgkWJMPt5riP|2|5.0000"],
            installation.Conformed(report, "credit_note", "select credit_note_id, line_number, amount from credit_note order by all"));
        Assert.Equal(
            ["dp_1Pgc71B7WZ01zgkWMevJiAUx|chargeback|canceled|10.0000", "re_1Pgc72B7WZ01zgkWqPvrRrPE|refund|succeeded|1.0000"],
            installation.Conformed(report, "payment", "select payment_id, payment_type, status, amount from payment order by all"));
        Assert.Equal(
            ["stripe.charge|customer_id|must have a value"],
            (await installation.QuarantinedAsync()).Select(row => $"{row.Stream}|{row.Column}|{row.Reason}"));
    }

    /// <summary>A list with the one sample, if it was created in the window that is asked for.</summary>
    private static string List(JsonDocument samples, Asked asked)
    {
        var sample = Sample(samples, Resources[asked.Path]);
        var created = sample["created"]!.GetValue<long>();
        var isIn = created >= long.Parse(asked["created[gte]"]!, CultureInfo.InvariantCulture) && created < long.Parse(asked["created[lt]"]!, CultureInfo.InvariantCulture);
        return new JsonObject { ["object"] = "list", ["has_more"] = false, ["data"] = isIn ? new JsonArray(sample) : [] }.ToJsonString();
    }

    /// <summary>The sample, with its charge where the request expands it, and a customer there.</summary>
    private static JsonNode Sample(JsonDocument samples, string resource)
    {
        var sample = JsonNode.Parse(samples.RootElement.GetProperty("resources").GetProperty(resource).GetRawText())!;
        if (resource is "refund" or "dispute")
        {
            var charge = Sample(samples, "charge");
            charge["customer"] = "cus_QXg1o8vcGmoR32";
            sample["charge"] = charge;
        }

        return sample;
    }
}
