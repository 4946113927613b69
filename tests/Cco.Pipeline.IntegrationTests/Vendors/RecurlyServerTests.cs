using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>Recurly, with what the sample company bills through Stripe: it behaves as Recurly's documentation says, and what is read of it is what the files say, as far as it has words for it.</summary>
public sealed class RecurlyServerTests(VendorCompany company)
{
    private const string Stripe = "stripe";

    private static readonly string[] UnsaidOfItems = ["source", "valid_from", "cancel_reason", "resumes_at", "updated_at"];

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();

    /// <summary>Each price of the core product is a plan, which is a product of its own; add-ons sell items.</summary>
    private string Products =>
        $"""
        from {Sample("product")} where product_id <> 'P-CORE'
        union all
        select product.* replace (plan.plan_id as product_id, plan.name as name)
        from {Sample("plan")} as plan
        inner join {Sample("product")} as product on plan.product_id = product.product_id
        where plan.product_id = 'P-CORE'
        """;

    /// <summary>The lines, with the items and products that Recurly has; a credit belongs to none.</summary>
    private string Lines =>
        $"""
        select * replace (
            case when product_id = 'P-CORE' then subscription_id when product_id is not null then subscription_id || '/add_ons' end as subscription_item_id,
            if(product_id = 'P-CORE', plan_id, product_id) as product_id)
        from {Sample("invoice_line")}
        """;

    [Fact]
    public async Task What_is_read_over_the_API_is_what_the_files_say()
    {
        await using var lake = await ReadAsync();

        // Only some languages are known, an account has no currency, and one that is closed is not deleted.
        Assert.Empty(await lake.DifferenceAsync(
            "customer",
            $"""
            select * replace (if(language in ('en-US', 'en-CA', 'en-AU', 'pt-BR'), language, null) as language)
            from {Sample("customer")}
            qualify row_number() over (partition by customer_id order by valid_from desc) = 1
            """,
            "source", "valid_from", "currency", "updated_at", "deleted_at"));
        Assert.Empty(await lake.DifferenceAsync("product", Products, "source"));

        // An add-on is charged in the interval of a subscription and has no fields of the company's own, and that a plan of 0 is free is said by the subscription.
        Assert.Empty(await lake.DifferenceAsync(
            "plan",
            $"""
            select * replace (
                if(product_id = 'P-CORE', plan_id, product_id) as product_id,
                if(product_id = 'P-CORE', billing_interval, null) as billing_interval,
                if(product_id = 'P-CORE', billing_interval_count, null) as billing_interval_count,
                if(product_id = 'P-CORE', tier, null) as tier,
                if(product_id = 'P-CORE', tier_rank, null) as tier_rank)
            from {Sample("plan")}
            """,
            "source", "is_free"));

        Assert.Empty(await lake.DifferenceAsync("subscription_item", Items("2026-01-02T00:00:00Z", since: ""), UnsaidOfItems));

        // What is taken off once has no end, and what ends does so at the time of day when it began.
        Assert.Empty(await lake.DifferenceAsync(
            "discount",
            $"select * replace (if(is_recurring = 'true', ends_at[:10] || starts_at[11:], null) as ends_at) from {Sample("discount")}",
            "source", "currency", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync("invoice_line", Lines, "source", "updated_at"));
        Assert.Empty(await lake.DifferenceAsync(company.Files, Stripe, "credit_note", "source", "product_id", "reason", "updated_at"));

        // A refund belongs to its credit invoice, and how was paid is said in Recurly's words.
        Assert.Empty(await lake.DifferenceAsync(
            "payment",
            $"""
            select payment.* replace (
                if(payment.payment_type = 'refund', credit_note.credit_note_id, payment.invoice_id) as invoice_id,
                if(payment.payment_method = 'card', 'credit_card', 'bank_account_info') as payment_method)
            from {Sample("payment")} as payment
            left join {Sample("credit_note")} as credit_note on payment.payment_id = credit_note.payment_id
            """,
            "source", "tax_amount", "fee_amount", "updated_at"));
    }

    [Fact]
    public async Task A_second_run_reads_what_has_changed_since_the_first_and_each_knows_the_subscriptions_of_its_time()
    {
        clock.Pass(new DateTimeOffset(2025, 10, 1, 0, 30, 0, TimeSpan.Zero) - clock.GetUtcNow());
        await using var lake = await ReadAsync();
        clock.Pass(VendorCompany.Clock().GetUtcNow() - clock.GetUtcNow());

        var rows = await lake.ReadAsync();

        // The lag of two minutes and the look-back of an hour come again.
        const string Since = "2025-09-30T23:28:00Z";
        Assert.Equal(Rows("payment", $"count(*) filter (updated_at >= '{Since}')"), [$"{rows["transaction"]}"]);
        Assert.Empty(await lake.DifferenceAsync("subscription_item where valid_from < '2026-01-01'", Items("2025-10-01T00:30:00Z", since: ""), UnsaidOfItems));
        Assert.Empty(await lake.DifferenceAsync("subscription_item where valid_from > '2026-01-01'", Items("2026-01-02T00:00:00Z", Since), UnsaidOfItems));
        Assert.Empty(await lake.DifferenceAsync("invoice_line", Lines, "source", "updated_at"));
    }

    [Fact]
    public async Task Pages_name_the_next_one_without_gap_or_repeat_and_a_span_has_its_ends()
    {
        await using var caller = await CallerAsync(Server());

        var all = await RecordsAsync(caller, "/transactions?limit=50&sort=updated_at&order=asc");
        var (from, to) = (all[7].At, all[^7].At);
        var within = await RecordsAsync(caller, $"/transactions?limit=200&sort=updated_at&order=asc&begin_time={from}&end_time={to}");

        Assert.True(all.Count > 100, $"{all.Count}");
        Assert.Equal(Rows("payment", "count(*)"), [$"{all.Select(record => record.Id).Distinct().Count()}"]);
        Assert.Equal(all.Select(record => record.At).Order(StringComparer.Ordinal), all.Select(record => record.At));
        Assert.Equal(all.Where(record => string.CompareOrdinal(record.At, from) >= 0 && string.CompareOrdinal(record.At, to) <= 0), within);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_an_error_that_says_why()
    {
        await using var caller = await CallerAsync(Server());
        (string Path, HttpStatusCode Status, string Reason)[] wrong =
        [
            ("/accounts?limit=201", HttpStatusCode.BadRequest, "limit"), ("/accounts?cursor=nonsense", HttpStatusCode.BadRequest, "cursor"),
            ("/accounts/nobody/coupon_redemptions", HttpStatusCode.NotFound, "nobody"), ("/unicorns", HttpStatusCode.NotFound, "unicorns"),
        ];

        foreach (var (path, status, reason) in wrong)
        {
            var (answered, error) = await caller.AskAsync(path);

            Assert.Equal(status, answered.StatusCode);
            Assert.Contains(reason, error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Key_and_version_are_asked_for_and_what_is_left_of_the_limit_is_told()
    {
        await using var caller = await CallerAsync(new RecurlyServer(company.Files, new VendorClock(clock), requestsPerFiveMinutes: 1));

        var (good, _) = await caller.AskAsync("/sites");
        var (refused, error) = await caller.AskAsync("/sites");
        clock.Pass(DateTimeOffset.FromUnixTimeSeconds(long.Parse(refused.Headers.GetValues("X-RateLimit-Reset").Single(), CultureInfo.InvariantCulture)) - clock.GetUtcNow());
        var (later, _) = await caller.AskAsync("/sites");
        caller.Headers.Authorization = null;
        var (unknown, _) = await caller.AskAsync("/sites");
        caller.Headers.Accept.Clear();
        var (unversioned, _) = await caller.AskAsync("/sites");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.NotAcceptable],
            [good.StatusCode, refused.StatusCode, later.StatusCode, unknown.StatusCode, unversioned.StatusCode]);
        Assert.Equal(("0", "rate_limited"), (good.Headers.GetValues("X-RateLimit-Remaining").Single(), error.GetProperty("error").GetProperty("type").GetString()));
    }

    /// <summary>
    /// The items of the subscriptions as Recurly tells them at an instant: the plan, and all add-ons as one. Whose payment failed is active there, why somebody left is not
    /// said, and whether by choice only in the end.
    /// </summary>
    /// <param name="at">The instant.</param>
    /// <param name="since">Only subscriptions that changed then or later.</param>
    private string Items(string at, string since) =>
        $"""
        with told as (
            from {Sample("subscription_item")}
            where valid_from <= '{at}'
            qualify status <> 'canceled' or bool_and(status = 'canceled') over (partition by subscription_id, valid_from)
        ),
        latest as (
            from told
            qualify valid_from = max(valid_from) over (partition by subscription_id)
        ),
        plans as (
            select * replace (
                subscription_id as subscription_item_id,
                plan_id as product_id,
                case
                    when status = 'trialing' and trial_ends_at > '{at}' then 'trialing'
                    when status in ('trialing', 'past_due', 'unpaid') then 'active'
                    else status
                end as status,
                if(status = 'canceled', coalesce(churn_type, 'voluntary'), null) as churn_type)
            from latest
            where product_id = 'P-CORE' and valid_from >= '{since}'
        ),
        sums as (
            select subscription_id, sum(quantity::decimal(18, 4) * unit_amount::decimal(18, 4)) as amount
            from latest
            where product_id <> 'P-CORE'
            group by all
        )
        from plans
        union all
        select plans.* replace (
            plans.subscription_id || '/add_ons' as subscription_item_id, null as product_id, null as plan_id, '1' as quantity, coalesce(sums.amount, 0)::varchar as unit_amount)
        from plans
        left join sums on sums.subscription_id = plans.subscription_id
        """;

    /// <summary>A server with which only one line comes with an invoice, so that the others have to be asked for.</summary>
    private RecurlyServer Server() => new(company.Files, new VendorClock(clock), linesOfInvoice: 1);

    private string Sample(string entity) => VendorLake.SampleOf(company.Files, Stripe, entity);

    private IReadOnlyList<string> Rows(string entity, string select) => VendorLake.Sample(company.Files, Stripe, entity, select);

    private async Task<VendorLake> ReadAsync()
    {
        var lake = await VendorLake.StartAsync(Server(), clock);
        await lake.ReadAsync();
        return lake;
    }

    private static async Task<VendorCaller> CallerAsync(RecurlyServer server)
    {
        var caller = await VendorCaller.StartAsync(server);
        caller.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RecurlyServer.Key}:")));
        caller.Headers.Accept.ParseAdd($"application/vnd.recurly.{RecurlyServer.Version}");
        return caller;
    }

    private static async Task<List<(string Id, string At)>> RecordsAsync(VendorCaller caller, string path)
    {
        var (records, next) = (new List<(string, string)>(), (string?)path);
        while (next is not null)
        {
            var (_, page) = await caller.AskAsync(next);
            records.AddRange(page.GetProperty("data").EnumerateArray().Select(record => (record.GetProperty("id").GetString()!, record.GetProperty("updated_at").GetString()!)));
            next = page.GetProperty("has_more").GetBoolean() ? page.GetProperty("next").GetString() : null;
        }

        return records;
    }
}
