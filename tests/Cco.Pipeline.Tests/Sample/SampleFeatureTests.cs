
namespace Cco.Pipeline.Tests.Sample;

/// <summary>What a company of 500 customers and two years must hold, so that every KPI has something to say.</summary>
public sealed class SampleFeatureTests(CleanSample sample) : IClassFixture<CleanSample>
{
    [Theory]
    [InlineData("customers billed by the company and by Stripe", "select count(distinct source) = 2 from subscription_item")]
    [InlineData("a Stripe item at a price of its own after a rise", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where a.source = 'stripe' and b.valid_from > a.valid_from and b.plan_id like a.plan_id || '@%'")]
    [InlineData("a Stripe item that was taken off alone", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_id, valid_from) where a.source = 'stripe' and a.status = 'canceled' and b.status <> 'canceled'")]
    [InlineData("three currencies", "select count(distinct currency) = 3 from subscription_item")]
    [InlineData("a free plan", "select count(*) > 0 from subscription_item where plan_id like '%core-free%'")]
    [InlineData("a free customer that bought", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where a.plan_id like '%core-free%' and b.plan_id like '%core-starter%'")]
    [InlineData("terms of 1, 12 and 36 months", "select count(distinct billing_interval || billing_interval_count) = 3 from subscription_item where charge_type = 'recurring'")]
    [InlineData("usage and one-off items", "select count(distinct charge_type) = 3 from subscription_item")]
    [InlineData("a trial that converts", "select count(*) > 0 from subscription_item where trial_ends_at is not null and status = 'active'")]
    [InlineData("a trial that does not", "select count(*) > 0 from subscription_item where cancel_reason = 'trial_not_converted'")]
    [InlineData("a pause and a resumption", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where a.status = 'paused' and b.status = 'active' and b.valid_from > a.valid_from")]
    [InlineData("a payment that came late", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where a.status = 'past_due' and b.status = 'active' and b.valid_from > a.valid_from")]
    [InlineData("involuntary churn", "select count(*) > 0 from subscription_item where churn_type = 'involuntary'")]
    [InlineData("an unpaid subscription", "select count(*) > 0 from subscription_item where status = 'unpaid'")]
    [InlineData("voluntary churn with reasons", "select count(distinct cancel_reason) > 3 from subscription_item where churn_type = 'voluntary'")]
    [InlineData("an end that is ahead", "select count(*) > 0 from subscription_item where ends_at > '2026-01-01' and status = 'active'")]
    [InlineData("more seats", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where b.valid_from > a.valid_from and cast(b.quantity as decimal) > cast(a.quantity as decimal)")]
    [InlineData("fewer seats", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where b.valid_from > a.valid_from and cast(b.quantity as decimal) < cast(a.quantity as decimal)")]
    [InlineData("a higher tier", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where a.plan_id like '%core-starter%' and b.plan_id like '%core-pro%' and b.valid_from > a.valid_from")]
    [InlineData("a lower tier", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id) where a.plan_id like '%core-pro%' and b.plan_id like '%core-starter%' and b.valid_from > a.valid_from")]
    [InlineData("a price rise", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_item_id, plan_id) where b.valid_from > a.valid_from and cast(b.unit_amount as decimal) > cast(a.unit_amount as decimal)")]
    [InlineData("cross-sell", "select count(*) > 0 from subscription_item as a join subscription_item as b using (subscription_id) where a.product_id = 'P-CORE' and b.product_id = 'P-ANALYTICS' and b.started_at > a.started_at")]
    [InlineData("a late renewal", "select count(*) > 0 from (select customer_id, max(ends_at) as ended from subscription_item where status = 'canceled' and subscription_id like '%-1' group by all) join subscription_item as b using (customer_id) where b.subscription_id like '%-2' and date_diff('day', cast(ended as timestamp), cast(b.started_at as timestamp)) between 1 and 90")]
    [InlineData("a reactivation", "select count(*) > 0 from (select customer_id, max(ends_at) as ended from subscription_item where status = 'canceled' and subscription_id like '%-1' group by all) join subscription_item as b using (customer_id) where b.subscription_id like '%-2' and date_diff('day', cast(ended as timestamp), cast(b.started_at as timestamp)) > 91")]
    [InlineData("a discount that expires", "select count(*) > 0 from discount where ends_at < '2026-01-01' and is_recurring = 'true'")]
    [InlineData("a discount for ever", "select count(*) > 0 from discount where ends_at is null and percent_off is not null")]
    [InlineData("an amount off", "select count(*) > 0 from discount where amount_off is not null")]
    [InlineData("a discount once", "select count(*) > 0 from discount where is_recurring = 'false'")]
    [InlineData("two discounts on one item", "select count(*) > 0 from discount where discount_id like '%-2'")]
    [InlineData("every line type", "select count(distinct line_type) = 7 from invoice_line")]
    [InlineData("every invoice status but draft", "select count(distinct invoice_status) = 4 from invoice_line")]
    [InlineData("failed payments, refunds and chargebacks", "select count(distinct payment_type || status) = 4 from payment")]
    [InlineData("every settlement of credit notes but balance", "select count(distinct settlement) = 3 from credit_note")]
    [InlineData("every outcome of terms", "select count(distinct outcome) = 4 from contract_term")]
    [InlineData("a pilot", "select count(*) > 0 from contract_term where term_type = 'pilot'")]
    [InlineData("an early renewal", "select count(*) > 0 from contract_term where outcome = 'renewed' and date_trunc('month', cast(closed_at as date)) < date_trunc('month', cast(end_date as date))")]
    [InlineData("a renewal after the end", "select count(*) > 0 from contract_term where outcome = 'renewed' and closed_at > end_date")]
    [InlineData("a renewal for less, and one for more", "select count(distinct sign(cast(renewed_amount as decimal) - cast(expiring_amount as decimal))) = 3 from contract_term where outcome = 'renewed'")]
    [InlineData("open renewals within a year", "select count(*) > 5 from opportunity where opportunity_type = 'renewal' and status = 'open'")]
    [InlineData("prospects that were lost", "select count(*) > 0 from opportunity where source = 'hubspot' and status = 'lost'")]
    [InlineData("additions that were sold", "select count(*) > 0 from opportunity where opportunity_type = 'expansion' and status = 'won'")]
    [InlineData("a merge of a merge", "select count(*) > 0 from customer_merge as a join customer_merge as b on a.into_customer_id = b.from_customer_id")]
    [InlineData("an acquisition", "select count(*) > 0 from customer_merge where merge_kind = 'acquisition'")]
    [InlineData("links, and one withdrawn", "select count(deleted_at) > 0 and count(*) > count(deleted_at) from customer_link")]
    [InlineData("the same e-mail in two sources", "select count(*) > 0 from customer as a join customer as b using (email) left join customer_link as l on l.customer_id = b.customer_id where a.source = 'file' and b.source = 'stripe' and l.customer_id is null")]
    [InlineData("the same domain in two sources", "select count(*) > 0 from customer as a join customer as b using (domain) left join customer_link as l on l.customer_id = b.customer_id where a.source = 'file' and b.source = 'hubspot' and b.email is null and l.customer_id is null")]
    [InlineData("every segment, region and stage", "select count(distinct segment) = 4 and count(distinct region) = 3 and count(distinct lifecycle_stage) >= 5 from customer")]
    [InlineData("a customer that changed segment", "select max(n) > 1 from (select count(distinct segment) as n from customer where source = 'file' group by customer_id)")]
    [InlineData("a customer that changed owner", "select max(n) > 1 from (select count(distinct owner_employee_id) as n from customer group by customer_id)")]
    [InlineData("subsidiaries and test customers", "select count(parent_customer_id) > 0 and count(*) filter (is_test = 'true') > 0 from customer")]
    [InlineData("an employee who changed team", "select max(n) > 1 from (select count(distinct team) as n from employee group by employee_id)")]
    [InlineData("surveys of three types", "select count(distinct survey_type) = 3 from survey_response")]
    [InlineData("promoters, passives and detractors", "select count(distinct case when cast(score as integer) >= 9 then 1 when cast(score as integer) >= 7 then 2 else 3 end) = 3 from survey_response where survey_type = 'nps' and score is not null")]
    [InlineData("most do not answer", "select count(distinct survey_invitation_id) < 0.6 * (select count(*) from survey_invitation) from survey_response")]
    [InlineData("thumbs, five and seven points", "select count(distinct scale_max) >= 4 from survey_response")]
    [InlineData("the old effort question", "select count(*) > 0 from survey_response where is_reversed = 'true'")]
    [InlineData("a rating that was changed", "select count(*) > 0 from (select survey_invitation_id from survey_response where survey_type = 'csat' group by all having count(*) > 1)")]
    [InlineData("respondents known by address only", "select count(*) > 0 from survey_response where customer_id is null and respondent_email like 'somebody%'")]
    [InlineData("comments with and without sentiment", "select count(comment_text) > count(sentiment_score) and count(sentiment_score) > 0 from survey_response")]
    [InlineData("cases closed, open, reopened and asked again", "select count(closed_at) > 0 and count(*) > count(closed_at) and count(reopened_at) > 0 and count(resurvey_response_id) > 0 from feedback_case")]
    [InlineData("a case closed without a cause", "select count(*) > 0 from feedback_case where closed_at is not null and root_cause is null")]
    [InlineData("tickets in Zendesk, with ratings, and at the company's own desk", "select count(distinct source) = 2 and count(distinct event_type) = 8 from ticket_event join (select distinct source from survey_response) using (source)")]
    [InlineData("internal notes", "select count(*) > 0 from ticket_event where is_public = 'false'")]
    [InlineData("reopened, open and merged tickets, and spam", "select sum(cast(reopen_count as integer)) > 0 and count(*) filter (status not in ('solved', 'closed')) > 0 and count(merged_into_ticket_id) > 0 and count(*) filter (is_spam = 'true') > 0 from ticket")]
    [InlineData("three schedules with holidays", "select count(distinct business_schedule_id) filter (source = 'file') = 3 and count(*) filter (entry_type = 'holiday') > 5 from business_schedule")]
    [InlineData("waits at store checkouts, some too long", "select count(*) filter (outcome = 'abandoned') > 0 and count(*) filter (outcome = 'completed') > 0 from touchpoint where store_id is not null and cast(wait_seconds as integer) > 0")]
    [InlineData("visitors nobody knows", "select count(*) > 0 from touchpoint where customer_id is null")]
    [InlineData("milestones in time, late, open and given up", "select count(*) filter (completed_at <= planned_date) > 0 and count(*) filter (completed_at > planned_date) > 0 and count(*) filter (completed_at is null and canceled_at is null) > 0 and count(canceled_at) > 0 from onboarding_milestone")]
    [InlineData("projects with travel and subcontractors", "select count(distinct work_type) >= 5 and sum(cast(travel_cost_amount as decimal)) > 0 and sum(cast(subcontractor_cost_amount as decimal)) > 0 from service_delivery")]
    [InlineData("references, and referrals won, lost and open", "select count(distinct referral_type || status) = 4 from referral")]
    [InlineData("three ways of assignment, two arms each", "select count(*) = 6 from (select distinct assignment, arm from initiative join initiative_member using (initiative_id))")]
    public void The_company_has(string feature, string sql)
    {
        Assert.True(sample.Database.Number(sql) == 1, feature);
    }

    [Fact]
    public void Paid_invoices_are_paid_to_the_cent()
    {
        const string Invoices = """
            with total as (
                select invoice_id, any_value(invoice_status) as status, sum(cast(amount as decimal(18, 4)) + cast(tax_amount as decimal(18, 4))) as total
                from invoice_line group by invoice_id),
            waived as (
                select invoice_id, sum(cast(amount as decimal(18, 4)) + cast(tax_amount as decimal(18, 4))) as total
                from credit_note where settlement = 'invoice' group by invoice_id),
            paid as (
                select invoice_id, sum(cast(amount as decimal(18, 4))) as total
                from payment where payment_type = 'payment' and status = 'succeeded' group by invoice_id)
            select count(*) from total left join waived using (invoice_id) left join paid using (invoice_id)
            where
            """;

        Assert.True(sample.Database.Number($"{Invoices} status = 'paid' and total.total > 0 and paid.total > 0") > 1000);
        Assert.Equal(0, sample.Database.Number($"{Invoices} status = 'paid' and total.total > 0 and total.total - coalesce(waived.total, 0) is distinct from paid.total"));
        Assert.Equal(0, sample.Database.Number($"{Invoices} status <> 'paid' and paid.total is not null"));
    }

    [Fact]
    public void Refunds_and_credit_notes_never_exceed_what_was_paid()
    {
        Assert.Equal(0, sample.Database.Number("""
            select count(*) from payment as back join payment as paid on back.refunded_payment_id = paid.payment_id
            where cast(back.amount as decimal(18, 4)) > cast(paid.amount as decimal(18, 4)) or back.paid_at < paid.paid_at
            """));
    }

    [Fact]
    public void Recurring_lines_bill_the_price_that_the_item_had()
    {
        Assert.Equal(0, sample.Database.Number("""
            select count(*) from invoice_line as line
            left join subscription_item as item
                on item.subscription_item_id = line.subscription_item_id and cast(item.valid_from as date) <= cast(line.service_start_date as date)
                and item.status in ('active', 'trialing') and item.plan_id = line.plan_id and cast(item.quantity as decimal(18, 4)) = cast(line.quantity as decimal(18, 4))
                and (abs(cast(line.amount as decimal(18, 4)) + cast(line.discount_amount as decimal(18, 4))
                    - cast(item.quantity as decimal(18, 4)) * cast(item.unit_amount as decimal(18, 4))) < 0.01
                    or item.billing_interval = 'year')
            where line.line_type = 'recurring' and item.subscription_item_id is null
            """));
    }

    [Fact]
    public void Yen_have_no_decimals()
    {
        Assert.True(sample.Database.Number("select count(*) from invoice_line where currency = 'JPY'") > 100);
        Assert.Equal(0, sample.Database.Number("select count(*) from invoice_line where currency = 'JPY' and cast(amount as decimal(18, 4)) <> floor(cast(amount as decimal(18, 4)))"));
        Assert.Equal(0, sample.Database.Number("select count(*) from payment where currency = 'JPY' and cast(amount as decimal(18, 4)) <> floor(cast(amount as decimal(18, 4)))"));
    }

    [Theory]
    [InlineData("customer", "customer_id")]
    [InlineData("contact", "contact_id")]
    [InlineData("employee", "employee_id")]
    [InlineData("subscription_item", "subscription_item_id")]
    [InlineData("ticket", "ticket_id")]
    [InlineData("survey_response", "survey_response_id")]
    [InlineData("survey_invitation", "survey_invitation_id")]
    [InlineData("contract_term", "contract_term_id")]
    [InlineData("product", "product_id")]
    [InlineData("plan", "plan_id")]
    public void Every_reference_finds_its_record(string entity, string key)
    {
        foreach (var other in sample.Database.Truth.Entities.Where(other => other != entity && other is not ("customer_link" or "customer_merge")))
        {
            foreach (var column in sample.Database.ColumnsOf("main", other).Where(column => column == key || column.EndsWith($"_{key}", StringComparison.Ordinal)))
            {
                var lost = sample.Database.Column($"select distinct {column} from {other} where {column} is not null and {column} <> 'unknown' and {column} not in (select {key} from {entity})");
                Assert.True(lost.Count == 0, $"{other}.{column}: {string.Join(", ", lost.Take(5))}");
            }
        }
    }

    [Fact]
    public void Nothing_is_recorded_that_has_not_happened()
    {
        foreach (var entity in sample.Database.Truth.Entities)
        {
            foreach (var column in sample.Database.ColumnsOf("main", entity).Where(column => column is "updated_at" or "deleted_at" or "occurred_at" or "answered_at" or "paid_at" or "invoice_date" or "closed_at" or "created_at" or "usage_date"))
            {
                Assert.True(sample.Database.Number($"select count(*) from {entity} where {column} >= '2026-01-01'") == 0, $"{entity}.{column}");
            }
        }
    }

    [Fact]
    public void Exchange_rates_wander_slowly()
    {
        var steps = sample.Database.Number("""
            select max(abs(cast(rate as double) / previous - 1)) from (
                select rate, lag(cast(rate as double)) over (partition by to_currency order by rate_date) as previous from exchange_rate)
            """);

        Assert.InRange(steps, 0.001, 0.02);
    }
}
