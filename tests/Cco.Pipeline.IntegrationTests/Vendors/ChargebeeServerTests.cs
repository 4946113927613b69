using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>Chargebee, with what the sample company bills by itself: it behaves as Chargebee's documentation says, and what is read of it is what the files say, as far as it has words for it.</summary>
public sealed class ChargebeeServerTests(VendorCompany company)
{
    private readonly SourceWorld.Clock clock = VendorCompany.Clock();

    /// <summary>
    /// The items of a subscription as Chargebee tells them at each change of one: the plan, all add-ons as one, and what is charged by usage, each with what is said of
    /// the whole subscription. That a customer chose to end is not said, nor that collection was given up.
    /// </summary>
    private string Positions =>
        $"""
        with versions as (from {Sample("subscription_item")} where charge_type <> 'one_off'),
        moments as (select distinct subscription_id, valid_from as moment from versions),
        present as (
            select moments.moment, versions.*
            from moments
            inner join versions on versions.subscription_id = moments.subscription_id and versions.valid_from <= moments.moment
            qualify row_number() over (partition by versions.subscription_item_id, moments.moment order by versions.valid_from desc) = 1
        ),
        plans as (
            select
                * exclude (moment, valid_from) replace (
                    subscription_id as subscription_item_id,
                    if(status = 'unpaid', 'past_due', status) as status,
                    nullif(churn_type, 'voluntary') as churn_type,
                    if(status = 'canceled', coalesce(canceled_at, ends_at), canceled_at) as canceled_at
                ),
                valid_from as since,
                moment as valid_from
            from present
            where product_id = 'P-CORE'
        ),
        parts as (
            select present.*
            from present
            inner join plans on plans.subscription_id = present.subscription_id and plans.valid_from = present.moment
            where present.product_id <> 'P-CORE' and (present.status <> 'canceled' or present.valid_from = plans.since)
        ),
        sums as (
            select subscription_id, moment, sum(quantity::decimal(18, 4) * unit_amount::decimal(18, 4)) as amount
            from parts
            where charge_type = 'recurring'
            group by all
        )
        select plans.* from plans
        union all
        select plans.* replace (plans.subscription_id || '/addons' as subscription_item_id, null as plan_id, '1' as quantity, coalesce(sums.amount, 0)::varchar as unit_amount)
        from plans
        left join sums on sums.subscription_id = plans.subscription_id and sums.moment = plans.valid_from
        union all
        select plans.* replace (
            plans.subscription_id || '/' || parts.plan_id as subscription_item_id, parts.plan_id as plan_id, 'usage' as charge_type,
            'month' as billing_interval, '1' as billing_interval_count, '1' as quantity, null as unit_amount)
        from plans
        inner join parts on parts.subscription_id = plans.subscription_id and parts.moment = plans.valid_from
        where parts.charge_type = 'usage'
        """;

    /// <summary>A day stands in Chargebee where the sample has no period, and tax, discounts and credits are no lines.</summary>
    private string Lines =>
        $"""
        select * replace (
            case
                when product_id = 'P-CORE' then subscription_id
                when line_type in ('usage', 'one_off') then subscription_id || '/' || plan_id
                else subscription_id || '/addons'
            end as subscription_item_id,
            coalesce(service_start_date, invoice_date) as service_start_date,
            coalesce(service_end_date, invoice_date) as service_end_date)
        from {Sample("invoice_line")}
        where line_type not in ('tax', 'discount', 'credit')
        """;

    /// <summary>The terms that have begun: open until the end, and then renewed unless it was to be the last. A pilot is none, and of one that another took the place of nothing is documented.</summary>
    private string Terms =>
        $"""
        select
            contract_term_id, customer_id, subscription_id, term_type, currency, contract_amount, signed_at, start_date, end_date,
            case when end_date > '2026-01-02' then 'open' when outcome = 'lost' then 'lost' else 'renewed' end as outcome,
            case when end_date <= '2026-01-02' then end_date || 'T00:00:00Z' end as closed_at
        from {Sample("contract_term")}
        where term_type = 'standard' and outcome <> 'replaced' and start_date <= '2026-01-02'
        """;

    [Fact]
    public async Task What_is_read_over_the_API_is_what_the_files_say()
    {
        await using var lake = await ReadAsync();

        // When it was read, a customer has a version more, which tells nothing new.
        Assert.Empty(await lake.DifferenceAsync(
            "customer where valid_from < '2026-01-01'", $"from {Sample("customer")}", "owner_employee_id", "domain", "customer_type", "industry", "region", "acquisition_channel",
            "time_zone", "is_test", "lifecycle_stage", "segment", "size_band", "employee_count", "became_customer_at", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(
            "contact",
            $"from {Sample("contact")} where deleted_at is null and customer_id not in (select customer_id from {Sample("customer")} where deleted_at is not null)",
            "job_title", "is_primary", "created_at", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, "product", "launched_date"));

        // A subscription has a price of its own, so that one of 0 in the catalog makes no plan free.
        Assert.Empty(await lake.DifferenceAsync(
            "plan",
            $"select * replace (if(charge_type = 'usage', 'month', billing_interval) as billing_interval, if(charge_type = 'usage', '1', billing_interval_count) as billing_interval_count) from {Sample("plan")}",
            "is_free"));

        // A subscription has a version when it was read, too.
        Assert.Empty(await lake.DifferenceAsync("subscription_item where valid_from < '2026-01-01'", Positions, "contract_id", "product_id", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(
            "subscription_item where valid_from >= '2026-01-01'",
            $"from ({Positions}) qualify valid_from = max(valid_from) over (partition by subscription_id)",
            "contract_id", "product_id", "valid_from", "updated_at"));

        // A discount for a whole customer is a coupon of its subscription, which does not say since when; what is taken off once has no end.
        Assert.Empty(await lake.DifferenceAsync(
            "discount",
            $"""
            select * replace (
                if(subscription_item_id is null, granted_with || '/' || coupon, discount_id) as discount_id,
                granted_with as subscription_id,
                if(subscription_item_id is null, null, granted_with) as subscription_item_id,
                if(subscription_item_id is null, null, starts_at) as starts_at,
                if(is_recurring = 'true', ends_at, null) as ends_at)
            from (select *, 'S-' || discount_id[3:-5] as granted_with from {Sample("discount")})
            """,
            "currency", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync("contract_term", Terms));
        Assert.Empty(await lake.DifferenceAsync("invoice_line", Lines, "product_id", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, "credit_note where settlement <> 'outside'", "product_id", "updated_at"));

        // A refund names its invoice by its credit note.
        Assert.Empty(await lake.DifferenceAsync(
            "payment",
            $"""
            select * replace (if(payment_type = 'payment' or payment_id in (select payment_id from {Sample("credit_note")} where payment_id is not null), invoice_id, null) as invoice_id)
            from {Sample("payment")}
            """,
            "tax_amount", "fee_amount", "updated_at"));
    }

    [Fact]
    public async Task A_second_run_reads_what_has_changed_since_the_first_and_ends_with_the_same()
    {
        clock.Pass(new DateTimeOffset(2025, 10, 1, 0, 30, 0, TimeSpan.Zero) - clock.GetUtcNow());
        await using var lake = await ReadAsync();
        clock.Pass(VendorCompany.Clock().GetUtcNow() - clock.GetUtcNow());

        var rows = await lake.ReadAsync();

        // The lag of two minutes and the look-back of an hour come again.
        Assert.Equal(Rows("subscription_item", "count(distinct subscription_id) filter (charge_type <> 'one_off' and valid_from > '2025-09-30T23:28:00Z')"), [$"{rows["subscription"]}"]);
        Assert.Equal(Rows("payment", "count(*) filter (updated_at > '2025-09-30T23:28:00Z')"), [$"{rows["transaction"]}"]);
        Assert.Empty(await lake.DifferenceAsync("subscription_item where valid_from < '2026-01-01' and valid_from <> '2025-10-01 00:30:00'", Positions, "contract_id", "product_id", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync("contract_term", Terms));
        Assert.Empty(await lake.DifferenceAsync("invoice_line", Lines, "product_id", "updated_at"));
    }

    [Fact]
    public async Task Pages_go_on_at_an_offset_without_gap_or_repeat_and_deleted_records_are_asked_for()
    {
        await using var caller = await CallerAsync(Server());

        var (all, present) = (await IdsAsync(caller, "&include_deleted=true"), await IdsAsync(caller, ""));

        Assert.Equal(all.Distinct(), all);
        Assert.Equal(Rows("customer", "count(distinct customer_id)"), [$"{all.Count}"]);
        Assert.Equal(Rows("customer", "count(distinct customer_id) filter (deleted_at is not null)"), [$"{all.Except(present).Count()}"]);
        Assert.NotEmpty(all.Except(present));
    }

    [Fact]
    public async Task What_cannot_be_answered_is_an_error_that_says_why()
    {
        await using var caller = await CallerAsync(Server());
        (string Path, HttpStatusCode Status, string Reason)[] wrong =
        [
            ("/customers?limit=101", HttpStatusCode.BadRequest, "limit"), ("/customers?offset=nonsense", HttpStatusCode.BadRequest, "offset"),
            ("/credit_notes?sort_by[asc]=updated_at", HttpStatusCode.BadRequest, "updated_at"), ("/coupons/NOBODY", HttpStatusCode.NotFound, "NOBODY"),
            ("/coupons?id[in]=NOBODY", HttpStatusCode.BadRequest, "id"),
            ("/unicorns", HttpStatusCode.NotFound, "unicorns"),
        ];

        foreach (var (path, status, reason) in wrong)
        {
            var (answered, error) = await caller.AskAsync(path);

            Assert.Equal(status, answered.StatusCode);
            Assert.Contains(reason, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_its_key_nothing_is_told_and_who_asks_too_often_is_told_to_wait()
    {
        await using var caller = await CallerAsync(new ChargebeeServer(company.Files, new VendorClock(clock), requestsPerMinute: 1));

        var (good, _) = await caller.AskAsync("/items");
        var (refused, error) = await caller.AskAsync("/items");
        clock.Pass(refused.Headers.RetryAfter!.Delta!.Value);
        var (later, _) = await caller.AskAsync("/items");
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ChargebeeServer.Key);
        var (unknown, _) = await caller.AskAsync("/items");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.Unauthorized], [good.StatusCode, refused.StatusCode, later.StatusCode, unknown.StatusCode]);
        Assert.Equal("api_request_limit_exceeded", error.GetProperty("api_error_code").GetString());
    }

    /// <summary>A server with which only two lines come with an invoice, so that the others have to be asked for.</summary>
    private ChargebeeServer Server() => new(company.Files, new VendorClock(clock), requestsPerMinute: 100_000, linesOfInvoice: 2);

    private string Sample(string entity) => VendorLake.SampleOf(company.Files, SampleFile.OwnSystem, entity);

    private IReadOnlyList<string> Rows(string entity, string select) => VendorLake.Sample(company.Files, SampleFile.OwnSystem, entity, select);

    private async Task<VendorLake> ReadAsync()
    {
        var lake = await VendorLake.StartAsync(Server(), clock);
        await lake.ReadAsync();
        return lake;
    }

    private static async Task<VendorCaller> CallerAsync(ChargebeeServer server)
    {
        var caller = await VendorCaller.StartAsync(server);
        caller.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ChargebeeServer.Key}:")));
        return caller;
    }

    private static async Task<List<string?>> IdsAsync(VendorCaller caller, string filter)
    {
        var (ids, offset) = (new List<string?>(), (string?)"");
        while (offset is not null)
        {
            var (_, page) = await caller.AskAsync($"/customers?limit=50{filter}{offset}");
            ids.AddRange(page.GetProperty("list").EnumerateArray().Select(record => record.GetProperty("customer").GetProperty("id").GetString()));
            offset = page.TryGetProperty("next_offset", out var next) ? $"&offset={Uri.EscapeDataString(next.GetString()!)}" : null;
        }

        return ids;
    }
}
