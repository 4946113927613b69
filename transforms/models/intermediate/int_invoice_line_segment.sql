-- Grain: one row per invoice line, customer that has it, and span of months in which it counts or does not.
-- Scope: company
-- Decisions: "Revenue from invoice lines", "Which discounts count", "Missing loads",
-- "Subscription items come before invoice lines". What does not count says why in exclusion_reason.
with

customers as (
    select
        int_customer_identity.source,
        int_customer_identity.customer_id,
        int_customer_identity.own_customer_key,
        int_customer_folded.is_test,
        int_customer_folded.deleted_at
    from int_customer_identity
    left join int_customer_folded
        on int_customer_identity.own_customer_key = int_customer_folded.customer_key
),

subscription_spans as (
    select * from int_subscription_item_segment
),

-- The months for which a customer's subscription items speak.
subscribed_months as (
    select
        own_customer_key,
        min(month_from) as month_from,
        max(month_to) as month_to
    from subscription_spans
    where coalesce(exclusion_reason, 'counted') in (
        'counted', 'trial', 'paused', 'pause_expired', 'unpaid'
    )
    group by all
),

-- Months in a row whose load is missing.
missing_months as (
    select
        source,
        month_number(month_start) as month_number,
        month_number(month_start) - row_number() over (
            partition by source order by month_start
        ) as stretch_number
    from missing_load
    where deleted_at is null
),

missing_stretches as (
    select
        source,
        stretch_number,
        min(month_number) as month_from,
        max(month_number) + 1 as month_to
    from missing_months
    group by all
),

subscription_items as (
    select
        source,
        subscription_item_id
    from subscription_item
    group by all
),

subscriptions as (
    select
        source,
        subscription_id
    from subscription_item
    where subscription_id is not null
    group by all
),

lines as (
    select
        invoice_line.source,
        invoice_line.invoice_line_id,
        invoice_line.customer_id,
        invoice_line.subscription_item_id,
        coalesce(invoice_line.product_id, plan.product_id) as product_id,
        invoice_line.plan_id,
        coalesce(plan.name, invoice_line.plan_id) as plan_name,
        coalesce(plan.tier, invoice_line.plan_id, '') as tier,
        invoice_line.line_type,
        invoice_line.invoice_status,
        invoice_line.currency,
        customers.own_customer_key,
        coalesce(customers.is_test, false) as is_test,
        subscription_items.subscription_item_id is not null
        or subscriptions.subscription_id is not null as is_of_known_subscription,
        invoice_line.quantity,
        invoice_line.amount,
        invoice_line.discount_amount,
        invoice_line.service_start_date,
        case
            when invoice_line.service_end_date > invoice_line.service_start_date
            then invoice_line.service_end_date
        end as service_end_date,
        datediff(
            'month', invoice_line.service_start_date, invoice_line.service_end_date
        ) as month_count,
        invoice_line.service_end_date - invoice_line.service_start_date as day_count,
        least(
            coalesce(local_time(invoice_line.deleted_at), timestamp '9999-12-31'),
            coalesce(customers.deleted_at, timestamp '9999-12-31')
        ) as deleted_at
    from invoice_line
    left join customers
        on invoice_line.source = customers.source
        and invoice_line.customer_id = customers.customer_id
    left join plan
        on invoice_line.source = plan.source and invoice_line.plan_id = plan.plan_id
    left join subscription_items
        on invoice_line.source = subscription_items.source
        and invoice_line.subscription_item_id = subscription_items.subscription_item_id
    left join subscriptions
        on invoice_line.source = subscriptions.source
        and invoice_line.subscription_id = subscriptions.subscription_id
),

-- Whole months, else whole weeks, else days: the period as a billing interval.
intervals as (
    select
        *,
        case
            when service_end_date is null then null
            when month_count > 0
                and (
                    service_start_date + to_months(cast(month_count as integer))
                    = service_end_date
                    or (
                        service_start_date = last_day(service_start_date)
                        and service_end_date = last_day(service_end_date)
                    )
                )
            then 'month'
            when day_count % 7 = 0 then 'week'
            else 'day'
        end as service_interval
    from lines
),

typed_lines as (
    select
        *,
        case service_interval
            when 'month' then month_count
            when 'week' then day_count // 7
            when 'day' then day_count
        end as service_interval_count,
        case
            when is_test then 'test_customer'
            when invoice_status in ('void', 'draft') then invoice_status
            when line_type not in ('recurring', 'discount') then line_type
            when line_type = 'discount' and getvariable('discount_policy') = 'none' then line_type
            when service_end_date is null then 'no_service_period'
            when amount = 0 and discount_amount = 0 then 'free'
            when line_type = 'recurring' and amount < 0 then 'credit'
            when is_of_known_subscription then 'covered_by_subscription'
        end as line_reason,
        measured_month(cast(service_start_date as timestamp)) as start_month,
        measured_month(
            greatest(
                cast(service_start_date as timestamp),
                least(cast(service_end_date as timestamp), deleted_at)
            )
        ) as end_month
    from intervals
),

-- A line that starts where items speak is theirs for good; one from before them counts until they begin.
claimed_lines as (
    select
        typed_lines.*,
        case
            when typed_lines.line_reason is not null then 0
            when typed_lines.start_month >= subscribed_months.month_from
                and typed_lines.start_month < subscribed_months.month_to
            then typed_lines.start_month
            when typed_lines.start_month < subscribed_months.month_from
            then subscribed_months.month_from
        end as claimed_month
    from typed_lines
    left join subscribed_months
        on typed_lines.own_customer_key = subscribed_months.own_customer_key
),

-- A line that ends where a load is missing may have been followed by one that nobody has seen.
followed_lines as (
    select
        claimed_lines.*,
        case
            when claimed_lines.line_reason is null
                and claimed_lines.deleted_at >= claimed_lines.service_end_date
                and missing_stretches.month_to is not null
                and coalesce(claimed_lines.claimed_month > claimed_lines.end_month, true)
            then least(
                missing_stretches.month_to, coalesce(claimed_lines.claimed_month, last_month() + 1)
            )
        end as gap_end_month
    from claimed_lines
    left join missing_stretches
        on claimed_lines.source = missing_stretches.source
        and claimed_lines.end_month >= missing_stretches.month_from
        and claimed_lines.end_month < missing_stretches.month_to
),

-- The spans of a line, from the beginning of time to the month in progress: made row by row, because there are many lines.
listed_spans as (
    select
        *,
        unnest(
            case
                when line_reason is not null
                then [
                    {
                        'span_from': 0,
                        'span_to': last_month() + 1,
                        'exclusion_reason': line_reason
                    }
                ]
                else [
                    {
                        'span_from': 0,
                        'span_to': start_month,
                        'exclusion_reason': 'not_started'
                    },
                    {
                        'span_from': start_month,
                        'span_to': least(end_month, coalesce(claimed_month, end_month)),
                        'exclusion_reason': null
                    },
                    {
                        'span_from': end_month,
                        'span_to': coalesce(gap_end_month, end_month),
                        'exclusion_reason': 'gap'
                    },
                    {
                        'span_from': coalesce(
                            gap_end_month, least(end_month, coalesce(claimed_month, end_month))
                        ),
                        'span_to': last_month() + 1,
                        'exclusion_reason': case
                            when claimed_month < end_month then 'covered_by_subscription'
                            when deleted_at < service_end_date then 'deleted'
                            else 'ended'
                        end
                    }
                ]
            end
        ) as span
    from followed_lines
),

spans as (
    select
        * exclude (span),
        span.span_from,
        span.span_to,
        span.exclusion_reason
    from listed_spans
),

held_spans as (
    select
        spans.*,
        coalesce(int_customer_holder.customer_key, spans.own_customer_key) as customer_key,
        coalesce(int_customer_holder.is_before_merge, false) as is_before_merge,
        int_customer_holder.merged_in_month,
        int_customer_holder.merged_out_month,
        greatest(spans.span_from, coalesce(int_customer_holder.from_month, 0)) as month_from,
        least(
            spans.span_to, coalesce(int_customer_holder.to_month, last_month() + 1)
        ) as month_to
    from spans
    left join int_customer_holder
        on spans.own_customer_key = int_customer_holder.own_customer_key
),

final as (
    select
        held_spans.customer_key,
        'invoice_line:' || held_spans.source || ':' || held_spans.invoice_line_id as line_key,
        -- Lines of one product follow each other as one item would; those of two customers that became one do not.
        'invoice_line:' || held_spans.own_customer_key || ':' || held_spans.source || ':'
        || coalesce(held_spans.product_id, held_spans.plan_id, '') as item_key,
        held_spans.month_from,
        held_spans.source,
        held_spans.invoice_line_id,
        held_spans.product_id,
        held_spans.plan_id,
        held_spans.plan_name,
        held_spans.currency as native_currency,
        coalesce(
            product.product_family, held_spans.source || ':' || held_spans.product_id, ''
        ) as product_family,
        concat_ws('|', held_spans.source, held_spans.product_id, held_spans.tier) as tier_key,
        held_spans.line_type,
        held_spans.exclusion_reason,
        held_spans.is_before_merge,
        held_spans.month_to,
        held_spans.merged_in_month,
        held_spans.merged_out_month,
        case when held_spans.line_type = 'recurring' then held_spans.quantity else 0 end as quantity,
        case
            when held_spans.service_interval is not null
            then money_of(
                half_even_quotient(
                    ten_thousandths(
                        held_spans.amount
                        + case
                            when getvariable('discount_policy') = 'none'
                            then held_spans.discount_amount
                            else 0
                        end
                    )
                    * monthly_numerator(held_spans.service_interval),
                    cast(
                        monthly_denominator(
                            held_spans.service_interval, held_spans.service_interval_count
                        ) as hugeint
                    )
                )
            )
        end as mrr_amount_native,
        case
            when held_spans.line_type = 'recurring' and held_spans.service_interval is not null
            then money_of(
                half_even_quotient(
                    ten_thousandths(held_spans.amount + held_spans.discount_amount)
                    * monthly_numerator(held_spans.service_interval),
                    cast(
                        monthly_denominator(
                            held_spans.service_interval, held_spans.service_interval_count
                        ) as hugeint
                    )
                )
            )
            else 0
        end as gross_mrr_amount_native,
        held_spans.start_month,
        cast(held_spans.service_start_date as timestamp) as from_at,
        case
            when held_spans.exclusion_reason = 'gap'
            then cast(month_day(held_spans.gap_end_month) as timestamp)
            else least(
                cast(held_spans.service_end_date as timestamp),
                held_spans.deleted_at,
                cast(month_day(held_spans.claimed_month) as timestamp)
            )
        end as to_at
    from held_spans
    left join product
        on held_spans.source = product.source and held_spans.product_id = product.product_id
    where held_spans.month_from < held_spans.month_to
)

select * from final
