using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The sample company's Stripe behaves as Stripe's documentation says.</summary>
public sealed class StripeServerTests(VendorCompany company) : IAsyncLifetime
{
    private readonly SourceWorld.Clock clock = VendorCompany.Clock();
    private VendorCaller caller = null!;

    public async ValueTask InitializeAsync()
    {
        caller = await VendorCaller.StartAsync(new StripeServer(company.Files, new VendorClock(clock), requestsPerSecond: 50));
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StripeServer.Key);
    }

    public ValueTask DisposeAsync() => caller.DisposeAsync();

    [Fact]
    public async Task Pages_go_on_after_the_last_record_and_are_the_list_without_gap_or_repeat()
    {
        var whole = await RecordsAsync("/customers?limit=100");
        var paged = new List<JsonElement>();
        var hasMore = true;
        while (hasMore)
        {
            var after = paged.Count == 0 ? "" : $"&starting_after={paged[^1].GetProperty("id").GetString()}";
            var (_, page) = await AskAsync($"/customers?limit=7{after}");
            paged.AddRange(page.GetProperty("data").EnumerateArray());
            hasMore = page.GetProperty("has_more").GetBoolean() && paged.Count < whole.Count;
        }

        Assert.True(whole.Count > 50, $"{whole.Count}");
        Assert.Equal(whole.Select(Id), paged.Select(Id));
        Assert.Equal(whole.Select(Created).OrderDescending(), whole.Select(Created));
    }

    [Fact]
    public async Task A_span_of_time_begins_with_its_first_second_and_ends_before_its_last()
    {
        var whole = await RecordsAsync("/events?limit=100");
        var (from, to) = (Created(whole[40]), Created(whole[5]));

        var within = await RecordsAsync($"/events?limit=100&created[gte]={from}&created[lt]={to}");

        Assert.NotEqual(from, to);
        Assert.Equal(whole.Where(record => Created(record) >= from && Created(record) < to).Select(Id), within.Select(Id));
    }

    [Fact]
    public async Task Ten_records_come_where_no_number_is_asked_for()
    {
        Assert.Equal(10, (await RecordsAsync("/prices")).Count);
    }

    [Theory]
    [InlineData("/invoices?limit=101", HttpStatusCode.BadRequest, "limit")]
    [InlineData("/invoices?starting_after=in_nobody", HttpStatusCode.BadRequest, "in_nobody")]
    [InlineData("/unicorns", HttpStatusCode.NotFound, "/v1/unicorns")]
    public async Task What_cannot_be_answered_is_an_error_that_says_why(string path, HttpStatusCode status, string reason)
    {
        var (answered, error) = await AskAsync(path);

        Assert.Equal(status, answered.StatusCode);
        Assert.Contains(reason, error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_key_nothing_is_told()
    {
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "rk_live_other");

        var (answered, error) = await AskAsync("/customers");

        Assert.Equal(HttpStatusCode.Unauthorized, answered.StatusCode);
        Assert.True(error.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait_and_is_answered_after_that()
    {
        for (var request = 0; request < 50; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync("/products")).Answer.StatusCode);
        }

        var (refused, _) = await AskAsync("/products");
        clock.Pass(refused.Headers.RetryAfter!.Delta!.Value);
        var (after, _) = await AskAsync("/products");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, after.StatusCode));
    }

    private static string? Id(JsonElement record) => record.GetProperty("id").GetString();

    private static long Created(JsonElement record) => record.GetProperty("created").GetInt64();

    private async Task<List<JsonElement>> RecordsAsync(string path) => [.. (await AskAsync(path)).Body.GetProperty("data").EnumerateArray()];

    private Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync(string path) => caller.AskAsync(path);
}
