using System.Globalization;
using System.Text.Json;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>A customer that changes regions within a quarter, explained in each of them: it comes to EMEA with 10 and grows by 20 in AMER.</summary>
public sealed class ExplainSegmentTests(ExplainSegmentTests.MovedCompany company) : IClassFixture<ExplainSegmentTests.MovedCompany>
{
    private const string Movements = "Movements of the period";

    private readonly Installation installation = company.Installation;

    /// <summary>The company, published at the end of the quarter.</summary>
    public sealed class MovedCompany : IAsyncLifetime
    {
        internal Installation Installation { get; } = new();

        public async ValueTask InitializeAsync()
        {
            Installation.Drop("customer", "customers.csv", "customer_id,valid_from,region\nfay,2025-10-01,EMEA\nfay,2025-12-01,AMER\n");
            Installation.Drop(
                "subscription_item",
                "items.csv",
                "subscription_item_id,valid_from,customer_id,currency,unit_amount,quantity,started_at\ni-fay,2025-10-05,fay,USD,10,1,2025-10-05\ni-fay,2025-12-10,fay,USD,10,3,2025-10-05\n");
            Assert.Null((await Installation.RunAsync()).Error);
        }

        public ValueTask DisposeAsync()
        {
            Installation.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Theory]
    [InlineData("region=EMEA", "2025-10-01 10")]
    [InlineData("region=AMER", "2025-12-01 20")]
    public async Task Movements_are_those_of_the_segment_where_they_are_what_is_counted(string segment, string movement)
    {
        var movements = await EvidenceAsync(Movements, "net_new_mrr", segment);

        Assert.Equal([movement], Rows(movements));
        Assert.Equal($"numerator {movement.Split(' ')[1]}", Sums(movements));
        Assert.False(movements.GetProperty("is_of_whole_customer").GetBoolean());
    }

    [Fact]
    public async Task Movements_are_the_whole_customers_where_it_is_what_it_came_to_that_counts()
    {
        var movements = await EvidenceAsync(Movements, "mrr", "region=AMER");

        Assert.Equal(["2025-10-01 10", "2025-12-01 20"], Rows(movements));
        Assert.Equal("movement_amount 30", Sums(movements));
        Assert.True(movements.GetProperty("is_of_whole_customer").GetBoolean());
    }

    [Fact]
    public async Task Without_a_segment_movements_lead_from_the_opening_to_the_closing_and_nothing_is_beyond_the_question()
    {
        var movements = await EvidenceAsync(Movements, "net_new_mrr", segment: null);

        Assert.Equal(["2025-10-01 10", "2025-12-01 20"], Rows(movements));
        Assert.Equal("movement_amount 30, numerator 30", Sums(movements));
        Assert.False(movements.GetProperty("is_of_whole_customer").GetBoolean());
    }

    [Fact]
    public async Task What_is_not_of_the_segment_alone_says_so()
    {
        var result = await installation.CallAsync("explain", "net_new_mrr", "2025-Q4", "--customer", "file:fay", "--segment", "region=EMEA");

        Assert.Contains(Movements, result.Lines);
        Assert.Contains("Items as they stand now, and why some do not count: all the customer's, not only what is of region=EMEA", result.Output, StringComparison.Ordinal);
    }

    private async Task<JsonElement> EvidenceAsync(string title, string kpi, string? segment)
    {
        var result = await installation.CallAsync(["explain", kpi, "2025-Q4", "--customer", "file:fay", "--json", .. segment is null ? Array.Empty<string>() : ["--segment", segment]]);

        Assert.True(result.Code == 0, result.Everything);
        return result.Json().GetProperty("evidence").EnumerateArray().Single(evidence => evidence.GetProperty("title").GetString() == title);
    }

    private static IEnumerable<string> Rows(JsonElement evidence) => evidence.GetProperty("rows").EnumerateArray()
        .Select(row => $"{row.GetProperty("month_start").GetString()} {Number(row.GetProperty("movement_amount"))}");

    private static string Sums(JsonElement evidence) =>
        string.Join(", ", evidence.GetProperty("sums").EnumerateObject().OrderBy(sum => sum.Name, StringComparer.Ordinal).Select(sum => $"{sum.Name} {Number(sum.Value)}"));

    private static string Number(JsonElement number) => number.GetDecimal().ToString("0.####", CultureInfo.InvariantCulture);
}
