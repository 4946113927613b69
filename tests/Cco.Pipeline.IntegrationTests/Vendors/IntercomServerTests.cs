using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>
/// Intercom, with what the sample company's own systems have: it behaves as Intercom's documentation says, and what is read of it is what the files say, as far as
/// it has words for it.
/// </summary>
public sealed class IntercomServerTests(VendorCompany company)
{
    private const string Middle = "2025-06-20T12:00:00Z";

    /// <summary>The customer of a ticket, by whose number it is named; the files leave it out here and there, and Intercom does not.</summary>
    private const string Customer = "'C-' || ticket_id[3:9]";

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();

    /// <summary>Read twice: in the middle of the year, and after its end what changed since. Companies have a version from each reading; what is gone by the second one is gone since then.</summary>
    [Fact]
    public async Task What_is_read_over_the_API_is_what_the_files_say()
    {
        var now = new SourceWorld.Clock(DateTimeOffset.Parse(Middle, CultureInfo.InvariantCulture));
        var theirs = new VendorClock(now) { Ahead = TimeSpan.FromMinutes(-10), LongestDelay = TimeSpan.FromMinutes(30) };
        await using var lake = await VendorLake.StartAsync(new IntercomServer(company.Files, theirs), now);

        await lake.ReadAsync();

        // A teammate has no time of change.
        await AssertSameAsync(
            lake, $"employee where valid_from < '{Middle}'",
            "valid_from", "manager_employee_id", "currency", "is_active", "hourly_cost_amount", "hired_date", "left_date", "updated_at");

        now.Pass(clock.GetUtcNow() - now.GetUtcNow());
        var second = await lake.ReadAsync();
        var gone = $"{now.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";

        await AssertSameAsync(
            lake,
            $"""
            customer
            select * replace (case when max(deleted_at) over (partition by customer_id) is not null then '{gone}' end as deleted_at, valid_from as updated_at)
            qualify row_number() over (partition by customer_id, valid_from < '{Middle}' order by valid_from desc) = 1
                and (valid_from < '{Middle}' or max(deleted_at) over (partition by customer_id) is null)
            """,
            "parent_customer_id", "owner_employee_id", "email", "customer_type", "country", "region", "acquisition_channel", "language", "time_zone", "currency", "is_test",
            "lifecycle_stage", "segment", "size_band", "became_customer_at");
        await AssertSameAsync(
            lake,
            $"""
            contact
            select * replace (case when deleted_at is not null then '{gone}' end as deleted_at)
            where deleted_at is null or deleted_at between '2025-06' and '{Middle}'
            """,
            "job_title", "role", "is_primary", "is_active");

        // Three states, two priorities, and no way of its own for what was asked on the web.
        await AssertSameAsync(
            lake,
            $"""
            ticket
            select * replace (
                {Customer} as customer_id,
                {PersonOf("requester_email")} as contact_id,
                case channel when 'web' then 'chat' else channel end as channel,
                case when priority in ('high', 'urgent') then 'high' else 'normal' end as priority,
                {StateOf("status")} as status,
                coalesce(first_solved_at, closed_at) as first_solved_at,
                coalesce(solved_at, closed_at) as solved_at
            )
            where ticket_id not like '%-u'
            """,
            "business_schedule_id", "product_id", "merged_into_ticket_id", "ticket_type", "topic", "journey_step", "is_spam", "reply_count", "closed_at", "updated_at", "deleted_at");

        // A ticket is open from the start, which is an event of its own; of an assignment only the new teammate is said.
        await AssertSameAsync(
            lake,
            $"""
            ticket_event
            as event, unnest(case event_type when 'created' then ['created', 'status'] else [event_type] end) as said (kind)
            select event.* replace (
                kind as event_type,
                case kind when 'status' then {StateOf("old_value")} end as old_value,
                case kind when 'assignee' then new_value when 'status' then {StateOf("new_value")} end as new_value
            )
            where kind in ('created', 'comment', 'assignee')
                or (kind = 'status' and {StateOf("old_value")} is distinct from {StateOf("new_value")})
            """,
            "ticket_event_id", "author_role");
        await AssertSameAsync(
            lake,
            $"""
            survey_invitation
            select * replace (ticket_id as survey_invitation_id, {Customer} as customer_id, {PersonOf("recipient_email")} as contact_id)
            where survey_type = 'csat' and ticket_id is not null and status = 'delivered'
            """,
            "survey_id", "recipient_email", "journey_step", "channel", "delivered_at", "expires_at", "updated_at");

        // A rating that is changed is replaced.
        await AssertSameAsync(
            lake,
            $"""
            survey_response
            select * replace (
                ticket_id as survey_response_id,
                ticket_id as survey_invitation_id,
                {Customer} as customer_id,
                {PersonOf("respondent_email")} as contact_id,
                case when scale_max = '1' then 1 + 4 * score::bigint else score::bigint end as score,
                1 as scale_min,
                5 as scale_max
            )
            where survey_type = 'csat' and ticket_id is not null
            qualify row_number() over (partition by ticket_id order by answered_at desc) = 1
            """,
            "survey_id", "respondent_email", "journey_step", "channel", "language", "sentiment_label", "sentiment_method", "themes", "sentiment_score", "updated_at", "deleted_at");

        // What changed within the hour before the first reading comes again with the second one.
        var changed = int.Parse(Rows("ticket", $"count(*) filter (where updated_at > '{Middle}' and ticket_id not like '%-u')").Single(), CultureInfo.InvariantCulture);
        Assert.InRange(second["conversation"], changed, changed + 5);
        Assert.Equal(second["conversation"], second["conversation_history"]);
        now.Pass(TimeSpan.FromHours(1));
        Assert.Equal(0, (await lake.ReadAsync())["conversation"]);
    }

    [Fact]
    public async Task A_search_goes_on_after_the_place_that_a_page_named_without_gap_or_repeat()
    {
        await using var caller = await CallerAsync(new IntercomServer(company.Files, new VendorClock(clock)));
        var (ids, after) = (new List<string?>(), (string?)null);
        do
        {
            var (_, page) = await SearchAsync(caller, 7, after, 0, long.MaxValue);
            ids.AddRange(page.GetProperty("conversations").EnumerateArray().Select(conversation => conversation.GetProperty("id").GetString()));
            after = Next(page);

            Assert.Equal(Rows("ticket", "count(*) filter (where ticket_id not like '%-u')"), [$"{page.GetProperty("total_count").GetInt32()}"]);
        }
        while (after is not null);

        Assert.Equal(Rows("ticket", "count(*) filter (where ticket_id not like '%-u')"), [$"{ids.Count}"]);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task A_span_of_time_has_both_of_its_ends_and_a_search_gives_no_parts()
    {
        await using var caller = await CallerAsync(new IntercomServer(company.Files, new VendorClock(clock)));
        var (_, whole) = await SearchAsync(caller, 150, null, 0, long.MaxValue);
        var changes = whole.GetProperty("conversations").EnumerateArray().Select(conversation => conversation.GetProperty("updated_at").GetInt64()).ToList();

        var (_, within) = await SearchAsync(caller, 150, null, changes[2], changes[^3]);
        var (_, one) = await caller.AskAsync($"/conversations/{whole.GetProperty("conversations")[0].GetProperty("id").GetString()}");

        Assert.Equal(changes.Count(change => change >= changes[2] && change <= changes[^3]), within.GetProperty("conversations").GetArrayLength());
        Assert.All(whole.GetProperty("conversations").EnumerateArray(), conversation => Assert.False(conversation.TryGetProperty("conversation_parts", out _)));
        Assert.NotEmpty(one.GetProperty("conversation_parts").GetProperty("conversation_parts").EnumerateArray());
    }

    [Fact]
    public async Task Companies_come_in_numbered_pages_the_last_to_change_first()
    {
        await using var caller = await CallerAsync(new IntercomServer(company.Files, new VendorClock(clock)));
        var changes = new List<long>();
        for (var number = 1; ; number++)
        {
            var (_, page) = await caller.PostAsync($"/companies/list?page={number}&per_page=50", new { });
            changes.AddRange(page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("updated_at").GetInt64()));
            if (number == page.GetProperty("pages").GetProperty("total_pages").GetInt32())
            {
                Assert.Equal(page.GetProperty("total_count").GetInt32(), changes.Count);
                break;
            }
        }

        Assert.True(changes.Count > 50, $"{changes.Count}");
        Assert.Equal(changes.OrderDescending(), changes);
    }

    [Fact]
    public async Task Ten_seconds_have_so_many_requests_and_every_answer_says_how_many_are_left()
    {
        await using var caller = await CallerAsync(new IntercomServer(company.Files, new VendorClock(clock), requestsPerTenSeconds: 2));

        var (first, _) = await caller.AskAsync("/me");
        await caller.AskAsync("/me");
        var (refused, error) = await caller.AskAsync("/me");
        clock.Pass(DateTimeOffset.FromUnixTimeSeconds(long.Parse(refused.Headers.GetValues("X-RateLimit-Reset").Single(), CultureInfo.InvariantCulture)) - clock.GetUtcNow());
        var (later, _) = await caller.AskAsync("/me");

        Assert.Equal(("2", "1"), (first.Headers.GetValues("X-RateLimit-Limit").Single(), first.Headers.GetValues("X-RateLimit-Remaining").Single()));
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limit_exceeded", HttpStatusCode.OK), (refused.StatusCode, Code(error), later.StatusCode));
    }

    [Fact]
    public async Task What_cannot_be_answered_is_an_error_with_a_code()
    {
        await using var caller = await CallerAsync(new IntercomServer(company.Files, new VendorClock(clock)));

        var (missing, notFound) = await caller.AskAsync("/conversations/nobody");
        var (large, invalid) = await caller.AskAsync("/contacts?per_page=151");
        var (lost, _) = await caller.AskAsync("/contacts?starting_after=nowhere");
        caller.Headers.Remove("Intercom-Version");
        var (old, version) = await caller.AskAsync("/me");
        caller.Headers.Authorization = null;
        var (unknown, unauthorized) = await caller.AskAsync("/me");

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized],
            [missing.StatusCode, large.StatusCode, lost.StatusCode, old.StatusCode, unknown.StatusCode]);
        Assert.Equal(["not_found", "parameter_invalid", "intercom_version_invalid", "unauthorized"], [Code(notFound), Code(invalid), Code(version), Code(unauthorized)]);
    }

    /// <summary>The person with an address at the customer of a ticket.</summary>
    private static string PersonOf(string email) => $"'P-' || ticket_id[3:9] || '-' || coalesce(nullif(regexp_extract({email}, '^user([0-9])@', 1), ''), '1')";

    /// <summary>What Intercom has for a status, in our words.</summary>
    private static string StateOf(string status) =>
        $"case when {status} in ('new', 'open') then 'open' when {status} in ('pending', 'on_hold') then 'on_hold' when {status} in ('solved', 'closed') then 'solved' end";

    private static string? Next(JsonElement page) => page.GetProperty("pages").GetProperty("next") is { ValueKind: JsonValueKind.Object } next ? next.GetProperty("starting_after").GetString() : null;

    private static string? Code(JsonElement error) => error.GetProperty("errors")[0].GetProperty("code").GetString();

    private static Task<(HttpResponseMessage Answer, JsonElement Body)> SearchAsync(VendorCaller caller, int size, string? after, long from, long to) => caller.PostAsync("/conversations/search", new
    {
        query = new { @operator = "AND", value = new[] { new { field = "updated_at", @operator = ">", value = from }, new { field = "updated_at", @operator = "<", value = to } } },
        pagination = new { per_page = size, starting_after = after },
    });

    private static async Task<VendorCaller> CallerAsync(IntercomServer server)
    {
        var caller = await VendorCaller.StartAsync(server);
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IntercomServer.Token);
        caller.Headers.Add("Intercom-Version", IntercomServer.Version);
        return caller;
    }

    private IReadOnlyList<string> Rows(string entity, string select) => VendorLake.Sample(company.Files, SampleFile.OwnSystem, entity, select);

    private async Task AssertSameAsync(VendorLake lake, string entity, params string[] unsaid) =>
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, entity, unsaid));
}
