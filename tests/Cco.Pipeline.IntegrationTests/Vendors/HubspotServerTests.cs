using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The sample company's HubSpot behaves as HubSpot's documentation says, and what is read of it is what the sample's files say.</summary>
public sealed class HubspotServerTests(VendorCompany company) : IAsyncLifetime
{
    private readonly SourceWorld.Clock clock = VendorCompany.Clock();
    private VendorCaller caller = null!;

    public async ValueTask InitializeAsync()
    {
        caller = await VendorCaller.StartAsync(new HubspotServer(company.Files, new VendorClock(clock), searchesPerSecond: 20, requestsPerTenSeconds: 20));
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HubspotServer.Token);
    }

    public ValueTask DisposeAsync() => caller.DisposeAsync();

    [Theory]
    [InlineData("customer")]
    [InlineData("contact")]
    [InlineData("employee")]
    [InlineData("opportunity")]
    public async Task What_is_read_over_the_API_is_what_the_files_say(string entity)
    {
        await using var lake = await VendorLake.StartAsync(new HubspotServer(company.Files, new VendorClock(clock), 10_000, 10_000), clock);

        await lake.ReadAsync();

        Assert.Empty(await lake.DifferenceAsync(company.Files, "hubspot", entity, "updated_at"));
    }

    [Fact]
    public async Task A_search_goes_on_after_so_many_records_without_gap_or_repeat()
    {
        var (ids, after) = (new List<string?>(), (string?)"0");
        while (after is not null)
        {
            var (_, page) = await SearchAsync(7, after, 0, long.MaxValue);
            ids.AddRange(Ids(page));
            after = page.TryGetProperty("paging", out var paging) ? paging.GetProperty("next").GetProperty("after").GetString() : null;

            Assert.Equal(VendorLake.Sample(company.Files, "hubspot", "customer", "count(*)"), [$"{page.GetProperty("total").GetInt32()}"]);
        }

        Assert.True(ids.Count > 7, $"{ids.Count}");
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task A_span_of_time_begins_with_its_first_millisecond_and_ends_before_its_last()
    {
        var (_, whole) = await SearchAsync(200, "0", 0, long.MaxValue);
        var changes = whole.GetProperty("results").EnumerateArray().Select(record => record.GetProperty("updatedAt").GetDateTimeOffset().ToUnixTimeMilliseconds()).ToList();
        var (from, to) = (changes[2], changes[^3]);

        var (_, within) = await SearchAsync(200, "0", from, to);

        Assert.Equal(changes.Count(change => change >= from && change < to), Ids(within).Count);
        Assert.InRange(Ids(within).Count, 1, changes.Count - 1);
    }

    [Fact]
    public async Task What_is_beyond_the_records_of_one_question_is_refused()
    {
        var (answer, error) = await SearchAsync(200, "9900", 0, long.MaxValue);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("VALIDATION_ERROR", error.GetProperty("category").GetString());
    }

    [Fact]
    public async Task Searches_are_limited_apart_from_all_else()
    {
        for (var request = 0; request < 20; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await SearchAsync(1, "0", 0, long.MaxValue)).Answer.StatusCode);
        }

        var (refused, error) = await SearchAsync(1, "0", 0, long.MaxValue);
        var (other, _) = await caller.AskAsync("/crm/v3/owners?limit=1");
        clock.Pass(TimeSpan.FromSeconds(1));
        var (later, _) = await SearchAsync(1, "0", 0, long.MaxValue);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode, later.StatusCode));
        Assert.Equal("RATE_LIMIT", error.GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task Without_its_token_and_of_what_is_not_there_nothing_is_told()
    {
        var (missing, _) = await caller.AskAsync("/crm/v3/objects/companies/1");
        caller.Headers.Authorization = null;
        var (unknown, _) = await caller.AskAsync("/crm/v3/owners");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (missing.StatusCode, unknown.StatusCode));
    }

    private static List<string?> Ids(JsonElement page) => [.. page.GetProperty("results").EnumerateArray().Select(record => record.GetProperty("id").GetString())];

    private Task<(HttpResponseMessage Answer, JsonElement Body)> SearchAsync(int limit, string after, long from, long to) => caller.PostAsync("/crm/v3/objects/companies/search", new
    {
        limit,
        after,
        filterGroups = new[] { new { filters = new[] { new { propertyName = "hs_lastmodifieddate", @operator = "GTE", value = $"{from}" }, new { propertyName = "hs_lastmodifieddate", @operator = "LT", value = $"{to}" } } } },
    });
}
