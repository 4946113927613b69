using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The sample company's Zendesk behaves as Zendesk's documentation says.</summary>
public sealed class ZendeskServerTests(VendorCompany company) : IAsyncLifetime
{
    private const int ExportsPerMinute = 20;

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();
    private VendorCaller caller = null!;

    public async ValueTask InitializeAsync()
    {
        caller = await VendorCaller.StartAsync(new ZendeskServer(company.Files, new VendorClock(clock), ExportsPerMinute));
        await SignInAsync();
    }

    public ValueTask DisposeAsync() => caller.DisposeAsync();

    [Fact]
    public async Task An_export_by_time_goes_on_from_the_second_where_it_ended_until_the_end_of_the_stream()
    {
        var (ids, from, isEnd) = (new List<long>(), 0L, false);
        while (!isEnd)
        {
            var (_, page) = await caller.AskAsync($"/incremental/ticket_events?start_time={from}");
            var events = page.GetProperty("ticket_events").EnumerateArray().ToList();
            ids.AddRange(events.Select(Id));
            (from, isEnd) = (page.GetProperty("end_time").GetInt64(), page.GetProperty("end_of_stream").GetBoolean());

            Assert.Equal(from, events[^1].GetProperty("timestamp").GetInt64());
            Assert.Equal(events.Count, page.GetProperty("count").GetInt32());
        }

        Assert.Equal(Rows("ticket_event", "count(distinct split_part(ticket_event_id, '-', 2)::bigint // 10)"), [$"{ids.Distinct().Count()}"]);
    }

    [Fact]
    public async Task An_export_by_cursor_goes_on_from_its_cursor_and_ends_with_one_that_gives_what_comes_later()
    {
        var (_, page) = await caller.AskAsync("/incremental/tickets/cursor?start_time=0&include=metric_sets");
        var (_, rest) = await caller.AskAsync(page.GetProperty("after_url").GetString()!);

        Assert.Equal(Rows("ticket", "count(distinct ticket_id)"), [$"{page.GetProperty("tickets").GetArrayLength()}"]);
        Assert.True(page.GetProperty("end_of_stream").GetBoolean());
        Assert.Equal((0, page.GetProperty("after_cursor").GetString()), (rest.GetProperty("tickets").GetArrayLength(), rest.GetProperty("after_cursor").GetString()));
    }

    [Fact]
    public async Task What_changed_within_the_last_minute_waits_for_the_next_export()
    {
        var (_, all) = await caller.AskAsync("/incremental/tickets/cursor?start_time=0");
        var last = all.GetProperty("tickets").EnumerateArray().Last();
        clock.Pass(last.GetProperty("updated_at").GetDateTimeOffset().AddSeconds(59) - clock.GetUtcNow());
        await SignInAsync();

        var (_, early) = await caller.AskAsync("/incremental/tickets/cursor?start_time=0");
        clock.Pass(TimeSpan.FromSeconds(1));
        var (_, later) = await caller.AskAsync(early.GetProperty("after_url").GetString()!);

        Assert.True(early.GetProperty("end_of_stream").GetBoolean());
        Assert.Contains(Id(last), later.GetProperty("tickets").EnumerateArray().Select(Id));
    }

    [Fact]
    public async Task Ratings_are_listed_by_cursor_without_gap_or_repeat()
    {
        var (ids, after, hasMore) = (new List<long>(), "", true);
        while (hasMore)
        {
            var (_, page) = await caller.AskAsync($"/satisfaction_ratings?page[size]=7{after}");
            ids.AddRange(page.GetProperty("satisfaction_ratings").EnumerateArray().Select(Id));
            hasMore = page.GetProperty("meta").GetProperty("has_more").GetBoolean();
            after = $"&page[after]={page.GetProperty("meta").GetProperty("after_cursor").GetString()}";
        }

        Assert.True(ids.Count > 7, $"{ids.Count}");
        Assert.Equal(Rows("survey_invitation", "count(*)"), [$"{ids.Distinct().Count()}"]);
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Fact]
    public async Task Each_schedule_has_its_holidays()
    {
        var (_, list) = await caller.AskAsync("/business_hours/schedules");
        var schedules = list.GetProperty("schedules").EnumerateArray().ToList();

        Assert.Equal(3, schedules.Count);
        foreach (var schedule in schedules)
        {
            var (_, holidays) = await caller.AskAsync($"/business_hours/schedules/{Id(schedule)}/holidays");
            Assert.NotEmpty(holidays.GetProperty("holidays").EnumerateArray());
        }
    }

    [Theory]
    [InlineData("/incremental/tickets/cursor", HttpStatusCode.BadRequest, "start_time")]
    [InlineData("/incremental/tickets/cursor?cursor=nonsense", HttpStatusCode.BadRequest, "cursor")]
    [InlineData("/incremental/ticket_events?start_time=1767311999", HttpStatusCode.BadRequest, "60 seconds")]
    [InlineData("/satisfaction_ratings?page[size]=101", HttpStatusCode.BadRequest, "page[size]")]
    [InlineData("/business_hours/schedules/1/holidays", HttpStatusCode.NotFound, "Not found")]
    [InlineData("/incremental/unicorns?start_time=0", HttpStatusCode.NotFound, "Not found")]
    public async Task What_cannot_be_answered_is_an_error_that_says_why(string path, HttpStatusCode status, string reason)
    {
        var (answered, error) = await caller.AskAsync(path);

        Assert.Equal(status, answered.StatusCode);
        Assert.Contains(reason, error.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_gets_no_token_and_a_token_that_expired_is_refused()
    {
        var (refused, _) = await TokenAsync("wrong");
        clock.Pass(TimeSpan.FromMinutes(11));
        var (late, _) = await caller.AskAsync("/users/me");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (refused.StatusCode, late.StatusCode));
    }

    [Fact]
    public async Task Exports_are_limited_apart_from_all_else_and_it_is_said_what_is_left()
    {
        for (var request = 0; request < ExportsPerMinute; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await caller.AskAsync("/incremental/organizations?start_time=0")).Answer.StatusCode);
        }

        var (refused, _) = await caller.AskAsync("/incremental/organizations?start_time=0");
        var (other, _) = await caller.AskAsync("/business_hours/schedules");
        clock.Pass(refused.Headers.RetryAfter!.Delta!.Value);
        var (after, _) = await caller.AskAsync("/incremental/organizations?start_time=0");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode, after.StatusCode));
        Assert.Equal($"{ZendeskServer.RequestsPerMinute - ExportsPerMinute - 2}", other.Headers.GetValues("ratelimit-remaining").Single());
    }

    private static long Id(JsonElement record) => record.GetProperty("id").GetInt64();

    private IReadOnlyList<string> Rows(string entity, string select) => VendorLake.Sample(company.Files, "zendesk", entity, select);

    private async Task SignInAsync()
    {
        var (_, token) = await TokenAsync(ZendeskServer.ClientSecret);
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    private Task<(HttpResponseMessage Answer, JsonElement Body)> TokenAsync(string secret) => caller.FormAsync(
        "/../../oauth/tokens", ("grant_type", "client_credentials"), ("client_id", ZendeskServer.ClientId), ("client_secret", secret), ("expires_in", "600"), ("scope", "read"));
}
