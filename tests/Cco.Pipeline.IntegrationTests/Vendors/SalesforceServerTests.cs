using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>
/// Salesforce, with what the sample company's own systems have: it behaves as Salesforce's documentation says, and what is read of it is what the files say, as far
/// as its standard fields have words for it.
/// </summary>
public sealed class SalesforceServerTests(VendorCompany company)
{
    private const string All = "SystemModstamp >= 2000-01-01T00:00:00Z and SystemModstamp < 2027-01-01T00:00:00Z";

    /// <summary>Up to when is read, each time; the last time within the 15 days that the recycle bin keeps what is in it.</summary>
    private static readonly string[] Readings = ["2025-04-01T12:00:00Z", "2025-07-01T12:00:00Z", "2025-10-02T12:00:00Z", "2025-12-28T12:00:00Z", "2026-01-02T12:00:00Z"];

    /// <summary>How far the description stays behind the clock.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(5);

    private static readonly string[] UnsaidOfPeople = ["role", "is_primary", "is_active", "updated_at"];

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();

    /// <summary>
    /// A year's history, read a few times from an org whose clock is behind and that shows changes late and out of order: each time what changed since. An account has a
    /// version for each time between two readings in which it changed. What the sample deletes or merges goes into the recycle bin a day after the last change of a customer.
    /// </summary>
    [Fact]
    public async Task What_is_read_over_the_API_from_time_to_time_is_what_the_files_say()
    {
        var now = new SourceWorld.Clock(DateTimeOffset.UnixEpoch);
        var theirs = new VendorClock(now) { Ahead = TimeSpan.FromMinutes(-10), LongestDelay = TimeSpan.FromMinutes(30) };
        await using var lake = await VendorLake.StartAsync(new SalesforceServer(company.Files, theirs, batch: 200), now);
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var reading in Readings)
        {
            now.Pass(DateTimeOffset.Parse(reading, CultureInfo.InvariantCulture) + Lag - now.GetUtcNow());
            foreach (var (stream, rows) in await lake.ReadAsync())
            {
                read[stream] = read.GetValueOrDefault(stream) + rows;
            }
        }

        var merged = string.Join(", ", Rows("customer_merge", "'''' || from_customer_id || ''''"));
        var cleaned = Cleaned();
        await AssertSameAsync(
            lake,
            $"""
            customer
            select * replace (
                '005' || owner_employee_id as owner_employee_id,
                case customer_type when 'consumer' then email end as email,
                case
                    when lifecycle_stage in ('lead', 'trial') then 'prospect'
                    when lifecycle_stage in ('onboarding', 'active') then 'active'
                end as lifecycle_stage,
                case when customer_id in ({merged}) or max(deleted_at) over (partition by customer_id) is not null then '{cleaned}' end as deleted_at
            )
            qualify row_number() over (
                partition by customer_id, len(list_filter(['{string.Join("', '", Readings)}'], lambda reading: reading <= valid_from))
                order by valid_from desc
            ) = 1
            """,
            "region", "language", "time_zone", "is_test", "segment", "size_band", "became_customer_at", "updated_at");
        await AssertSameAsync(lake, "customer_merge");
        await AssertSameAsync(lake, $"contact select * replace (case when deleted_at is not null then '{cleaned}' end as deleted_at)", UnsaidOfPeople);
        await AssertSameAsync(
            lake, "employee select * replace ('005' || employee_id as employee_id, '005' || manager_employee_id as manager_employee_id)",
            "currency", "hourly_cost_amount", "hired_date", "left_date", "updated_at");

        // Of a sale it knows the day and a whole per cent; why it was lost and its yearly part it does not.
        await AssertSameAsync(
            lake,
            """
            opportunity
            select * replace (
                '005' || owner_employee_id as owner_employee_id,
                case status when 'lost' then 'omitted' else forecast_category end as forecast_category,
                round(probability::decimal(18, 4), 2) as probability,
                coalesce(closed_at[:10], expected_close_date) as expected_close_date,
                date_trunc('day', closed_at::timestamptz) as closed_at
            )
            """,
            "contract_term_id", "loss_reason", "arr_amount", "updated_at");

        // A contract is one term, and says neither what it is worth nor what became of it.
        await AssertSameAsync(
            lake, "contract_term select * replace (contract_term_id as contract_id, date_trunc('day', signed_at::timestamptz) as signed_at)",
            "subscription_id", "previous_contract_term_id", "replaced_by_contract_term_id", "term_type", "outcome", "loss_reason", "currency", "is_auto_renew", "contract_amount",
            "expiring_amount", "renewed_amount", "closed_at", "updated_at");

        // A case is solved when it is closed. Its comments are records of other kinds.
        await AssertSameAsync(
            lake,
            $"""
            ticket
            select * replace (
                '005' || assignee_employee_id as assignee_employee_id,
                closed_at as solved_at,
                case when merged_into_ticket_id is not null then '{cleaned}' else updated_at end as updated_at,
                case when deleted_at is not null then '{cleaned}' end as deleted_at
            )
            """,
            "business_schedule_id", "product_id", "journey_step", "team", "is_spam", "reply_count", "reopen_count", "handling_minutes", "first_replied_at", "first_solved_at");
        await AssertSameAsync(
            lake,
            """
            ticket_event
            select * replace (
                '005' || coalesce(author_employee_id, 'AUTOMATION') as author_employee_id,
                case event_type when 'assignee' then '005' || old_value else old_value end as old_value,
                case event_type when 'assignee' then '005' || new_value when 'created' then null else new_value end as new_value
            )
            where event_type in ('created', 'status', 'priority', 'assignee')
            """,
            "author_contact_id", "author_role");

        // What changed within the hour before a reading comes again with the next one.
        var contracts = int.Parse(Rows("contract_term", "count(*)").Single(), CultureInfo.InvariantCulture);
        Assert.InRange(read["contract"], contracts, contracts + 5);
        now.Pass(TimeSpan.FromHours(1));
        Assert.All(await lake.ReadAsync(), stream => Assert.Equal(0, stream.Value));
    }

    [Fact]
    public async Task A_session_that_ends_again_and_again_loses_and_doubles_nothing()
    {
        var theirs = VendorCompany.Clock();
        var server = new SalesforceServer(company.Files, new VendorClock(theirs), batch: 20);
        await using var lake = await VendorLake.StartAsync(new StallingServer(server, 4, () => theirs.Pass(TimeSpan.FromHours(2))), clock, "contact");

        await lake.ReadAsync();

        Assert.True(server.Sessions > 5, $"{server.Sessions}");
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, "contact where deleted_at is null", UnsaidOfPeople));
    }

    [Fact]
    public async Task An_org_with_so_many_fields_that_they_fit_no_address_is_read_as_files()
    {
        var server = new SalesforceServer(company.Files, new VendorClock(clock), batch: 50, customFields: 300);
        await using var lake = await VendorLake.StartAsync(server, clock, "contact");

        await lake.ReadAsync();

        Assert.True(server.Jobs > 1, $"{server.Jobs}");
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, "contact where deleted_at is null", UnsaidOfPeople));
    }

    [Fact]
    public async Task Batches_name_the_next_one_which_belongs_to_the_session_and_is_one_of_ten()
    {
        await using var caller = await SignedInAsync(new SalesforceServer(company.Files, new VendorClock(clock), batch: 30));
        var (ids, next) = (new List<string?>(), (string?)$"/queryAll?q=select Id from Contact where {All} order by SystemModstamp, Id");
        var (_, kept) = await caller.AskAsync(next!);
        while (next is not null)
        {
            var (_, page) = await caller.AskAsync(next);
            ids.AddRange(page.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("Id").GetString()));
            next = page.GetProperty("done").GetBoolean() ? null : Next(page);

            Assert.Equal(kept.GetProperty("totalSize").GetInt32(), page.GetProperty("totalSize").GetInt32());
        }

        var (_, old) = await caller.AskAsync($"/query?q=select Id from Contact where {All}");
        for (var question = 0; question < 10; question++)
        {
            await caller.AskAsync($"/query?q=select Id from Contact where {All}");
        }

        var (released, _) = await caller.AskAsync(Next(old));
        var (_, current) = await caller.AskAsync($"/query?q=select Id from Contact where {All}");
        await SignInAsync(caller);
        var (foreign, error) = await caller.AskAsync(Next(current));

        Assert.Equal(kept.GetProperty("totalSize").GetInt32(), ids.Count);
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (released.StatusCode, foreign.StatusCode));
        Assert.Equal("INVALID_QUERY_LOCATOR", Code(error));
    }

    [Fact]
    public async Task What_was_deleted_is_in_the_recycle_bin_for_15_days_where_only_some_questions_look()
    {
        var cleaned = Cleaned();
        clock.Pass(DateTimeOffset.Parse(cleaned, CultureInfo.InvariantCulture) - clock.GetUtcNow());
        await using var caller = await SignedInAsync(new SalesforceServer(company.Files, new VendorClock(clock)));

        var (without, all) = (await CountAsync(caller, "query"), await CountAsync(caller, "queryAll"));
        clock.Pass(TimeSpan.FromDays(15));
        await SignInAsync(caller);
        var last = await CountAsync(caller, "queryAll");
        clock.Pass(TimeSpan.FromSeconds(1));
        var after = await CountAsync(caller, "queryAll");

        Assert.Equal(Rows("contact", "count(deleted_at)"), [$"{all - without}"]);
        Assert.Equal((all, without), (last, after));
    }

    [Fact]
    public async Task A_job_is_looked_at_before_its_sets_are_fetched()
    {
        await using var caller = await SignedInAsync(new SalesforceServer(company.Files, new VendorClock(clock), batch: 200));
        var (_, job) = await caller.PostAsync("/jobs/query", new { operation = "queryAll", query = $"select Id,Name from Contact where {All}" });
        var place = $"/jobs/query/{job.GetProperty("id").GetString()}";

        var (early, error) = await caller.AskAsync($"{place}/results");
        var (_, done) = await caller.AskAsync(place);
        var first = (await caller.TextAsync($"{place}/results?maxRecords=150")).Split('\n');
        var (compound, _) = await caller.PostAsync("/jobs/query", new { operation = "query", query = "select BillingAddress from Account" });

        Assert.Equal(("UploadComplete", "JobComplete"), (job.GetProperty("state").GetString(), done.GetProperty("state").GetString()));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "JOB_NOT_COMPLETE"), (early.StatusCode, Code(error)));
        Assert.Equal(("\"Id\",\"Name\"", 152), (first[0], first.Length));
        Assert.Equal(HttpStatusCode.BadRequest, compound.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_an_error_with_a_code()
    {
        await using var caller = await SignedInAsync(new SalesforceServer(company.Files, new VendorClock(clock)));
        var paths = new[] { "/query?q=select Unicorn from Account limit 1", "/query?q=select Id from Unicorn limit 1", "/query?q=pick Id", "/sobjects/Unicorn/describe", "/jobs/query/750" };

        var answers = new List<(HttpStatusCode Status, string? Code)>();
        foreach (var path in paths)
        {
            var (answer, error) = await caller.AskAsync(path);
            answers.Add((answer.StatusCode, Code(error)));
        }

        Assert.Equal(
            [(HttpStatusCode.BadRequest, "INVALID_FIELD"), (HttpStatusCode.BadRequest, "INVALID_TYPE"), (HttpStatusCode.BadRequest, "MALFORMED_QUERY"),
                (HttpStatusCode.NotFound, "NOT_FOUND"), (HttpStatusCode.NotFound, "NOT_FOUND")],
            answers);
    }

    [Fact]
    public async Task Sessions_end_where_nobody_asks_and_a_day_has_so_many_requests()
    {
        await using var caller = await SignedInAsync(new SalesforceServer(company.Files, new VendorClock(clock), requestsPerDay: 3));
        const string Test = "/query?q=select Id from Account limit 1";

        clock.Pass(TimeSpan.FromMinutes(119));
        var (good, _) = await caller.AskAsync(Test);
        clock.Pass(TimeSpan.FromMinutes(119));
        var (still, _) = await caller.AskAsync(Test);
        clock.Pass(TimeSpan.FromMinutes(120));
        var (ended, expired) = await caller.AskAsync(Test);
        await SignInAsync(caller);
        await caller.AskAsync(Test);
        var (refused, limit) = await caller.AskAsync(Test);
        var (wrong, _) = await caller.FormAsync("/../../oauth2/token", ("grant_type", "client_credentials"), ("client_id", SalesforceServer.ClientId), ("client_secret", "wrong"));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest],
            [good.StatusCode, still.StatusCode, ended.StatusCode, refused.StatusCode, wrong.StatusCode]);
        Assert.Equal(("INVALID_SESSION_ID", "REQUEST_LIMIT_EXCEEDED"), (Code(expired), Code(limit)));
        Assert.Equal("api-usage=2/3", still.Headers.GetValues("Sforce-Limit-Info").Single());
    }

    /// <summary>Where the next batch is, below the address that is read from.</summary>
    private static string Next(JsonElement page) => page.GetProperty("nextRecordsUrl").GetString()!.Split("/v65.0")[1];

    private static string? Code(JsonElement error) => error[0].GetProperty("errorCode").GetString();

    private static async Task<int> CountAsync(VendorCaller caller, string way) =>
        (await caller.AskAsync($"/{way}?q=select count() from Contact where {All}")).Body.GetProperty("totalSize").GetInt32();

    private static async Task<VendorCaller> SignedInAsync(SalesforceServer server)
    {
        var caller = await VendorCaller.StartAsync(server);
        await SignInAsync(caller);
        return caller;
    }

    private static async Task SignInAsync(VendorCaller caller)
    {
        var (_, token) = await caller.FormAsync(
            "/../../oauth2/token", ("grant_type", "client_credentials"), ("client_id", SalesforceServer.ClientId), ("client_secret", SalesforceServer.ClientSecret));
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    private IReadOnlyList<string> Rows(string entity, string select) => VendorLake.Sample(company.Files, SampleFile.OwnSystem, entity, select);

    /// <summary>When everything goes into the recycle bin that ever does.</summary>
    private string Cleaned() => Rows("customer", "strftime(max(rtrim(valid_from, 'Z')::timestamp) + interval 1 day, '%Y-%m-%dT%H:%M:%SZ')").Single();

    private async Task AssertSameAsync(VendorLake lake, string entity, params string[] unsaid) =>
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, entity, unsaid));
}
