-- Grain: one row per customer, recurring item and run of months in which the item is worth the same.
-- Scope: customer
-- Decisions: "When an item is active", "Discounts", "Paused", "Missing loads". Instants are on the clock of the reporting time zone.
with

item_spans as (
    select *
    from int_subscription_item_segment
    where exclusion_reason is null or exclusion_reason = 'paused'
),

discounts as (
    select * from int_item_discount
),

discounted_items as (
    select
        customer_key,
        item_key
    from discounts
    group by all
),

plain_spans as (
    select
        item_spans.*,
        0 as percent_off,
        0 as amount_off
    from item_spans
    left join discounted_items
        on item_spans.customer_key = discounted_items.customer_key
        and item_spans.item_key = discounted_items.item_key
    where item_spans.exclusion_reason = 'paused' or discounted_items.item_key is null
),

discounted_spans as (
    select item_spans.*
    from item_spans
    inner join discounted_items
        on item_spans.customer_key = discounted_items.customer_key
        and item_spans.item_key = discounted_items.item_key
    where item_spans.exclusion_reason is null
),

-- A span of an item that ever has a discount is measured at the end of each of its months. What lasts within a month is
-- measured when it begins, and so is all else that counts at that instant, as they may share a discount.
measured_spans as (
    select
        discounted_spans.*,
        unnest(range(month_from, month_to)) as measured_in_month,
        cast(null as timestamp) as measured_at
    from discounted_spans
    where not is_within_month
    union all
    select
        discounted_spans.*,
        moments.month_from,
        moments.from_at
    from discounted_spans as moments
    inner join discounted_spans
        on moments.customer_key = discounted_spans.customer_key
        and moments.is_before_merge = discounted_spans.is_before_merge
        and moments.from_at >= discounted_spans.from_at
        and moments.from_at < discounted_spans.to_at
    where moments.is_within_month
    group by all
),

discounts_in_force as (
    select
        measured_spans.customer_key,
        measured_spans.item_key,
        measured_spans.from_at,
        measured_spans.measured_in_month,
        measured_spans.measured_at,
        discounts.percent_off,
        ten_thousandths(discounts.amount_off) as amount_units,
        ten_thousandths(measured_spans.unit_amount)
        * ten_thousandths(measured_spans.quantity) as price_units,
        sum(
            ten_thousandths(measured_spans.unit_amount) * ten_thousandths(measured_spans.quantity)
        ) over shared_discount as price_units_so_far,
        sum(
            ten_thousandths(measured_spans.unit_amount) * ten_thousandths(measured_spans.quantity)
        ) over (
            partition by
                discounts.customer_key,
                discounts.discount_key,
                measured_spans.measured_in_month,
                measured_spans.measured_at
        ) as all_price_units
    from measured_spans
    inner join discounts
        on measured_spans.customer_key = discounts.customer_key
        and measured_spans.item_key = discounts.item_key
        and measured_spans.native_currency = discounts.native_currency
        and case
            when measured_spans.measured_at is not null
            then discounts.from_at <= measured_spans.measured_at
                and measured_spans.measured_at < discounts.to_at
            else discounts.month_from <= measured_spans.measured_in_month
                and measured_spans.measured_in_month < discounts.month_to
        end
    window shared_discount as (
        partition by
            discounts.customer_key,
            discounts.discount_key,
            measured_spans.measured_in_month,
            measured_spans.measured_at
        order by measured_spans.item_key, measured_spans.from_at
        rows between unbounded preceding and current row
    )
),

-- An amount off several items is shared in proportion to their prices, to the last ten-thousandth.
discount_sums as (
    select
        customer_key,
        item_key,
        from_at,
        measured_in_month,
        measured_at,
        sum(percent_off) as percent_off,
        money_of(
            sum(
                half_even_quotient(
                    amount_units * cast(price_units_so_far as hugeint),
                    cast(all_price_units as hugeint)
                )
                - half_even_quotient(
                    amount_units * cast(price_units_so_far - price_units as hugeint),
                    cast(all_price_units as hugeint)
                )
            )
        ) as amount_off
    from discounts_in_force
    group by all
),

priced_months as (
    select
        measured_spans.*,
        coalesce(discount_sums.percent_off, 0) as percent_off,
        coalesce(discount_sums.amount_off, 0) as amount_off
    from measured_spans
    left join discount_sums
        on measured_spans.customer_key = discount_sums.customer_key
        and measured_spans.item_key = discount_sums.item_key
        and measured_spans.from_at = discount_sums.from_at
        and measured_spans.measured_in_month = discount_sums.measured_in_month
        and measured_spans.measured_at is not distinct from discount_sums.measured_at
    where measured_spans.measured_at is null
        or (measured_spans.is_within_month and measured_spans.measured_at = measured_spans.from_at)
),

months_in_runs as (
    select
        customer_key,
        item_key,
        from_at,
        is_before_merge,
        percent_off,
        amount_off,
        measured_in_month,
        measured_in_month - row_number() over (
            partition by
                customer_key, item_key, from_at, is_before_merge, percent_off, amount_off
            order by measured_in_month
        ) as run_number
    from priced_months
),

discount_runs as (
    select
        customer_key,
        item_key,
        from_at,
        is_before_merge,
        percent_off,
        amount_off,
        run_number,
        min(measured_in_month) as run_from,
        max(measured_in_month) + 1 as run_to
    from months_in_runs
    group by all
),

discounted_run_spans as (
    select
        item_spans.* replace (
            case
                when item_spans.is_within_month then item_spans.month_from
                else discount_runs.run_from
            end as month_from,
            case
                when item_spans.is_within_month then item_spans.month_to
                else discount_runs.run_to
            end as month_to,
            case
                when discount_runs.run_from > item_spans.month_from
                then cast(month_day(discount_runs.run_from) as timestamp)
                else item_spans.from_at
            end as from_at,
            case
                when discount_runs.run_to < item_spans.month_to
                then cast(month_day(discount_runs.run_to) as timestamp)
                else item_spans.to_at
            end as to_at
        ),
        discount_runs.percent_off,
        discount_runs.amount_off
    from discount_runs
    inner join item_spans
        on discount_runs.customer_key = item_spans.customer_key
        and discount_runs.item_key = item_spans.item_key
        and discount_runs.from_at = item_spans.from_at
        and discount_runs.is_before_merge = item_spans.is_before_merge
),

all_item_spans as (
    select * from plain_spans
    union all by name
    select * from discounted_run_spans
),

item_runs as (
    select
        customer_key,
        item_key,
        native_currency,
        month_from,
        product_family,
        tier_key,
        plan_name,
        end_churn_type,
        end_reason,
        exclusion_reason as held_as,
        is_before_merge,
        is_within_month,
        is_past_due,
        is_set_to_end,
        month_to,
        merged_in_month,
        merged_out_month,
        quantity,
        half_even_quotient(
            ten_thousandths(unit_amount) * 10000 * monthly_numerator(billing_interval),
            cast(monthly_denominator(billing_interval, billing_interval_count) as hugeint)
        ) as unit_price_units,
        percent_off,
        monthly_amount(
            amount_off, 1, 0, 0, billing_interval, billing_interval_count
        ) as fixed_discount_amount_native,
        gross_mrr_amount_native,
        monthly_amount(
            unit_amount, quantity, percent_off, amount_off, billing_interval, billing_interval_count
        ) as mrr_amount_native,
        from_at,
        to_at,
        coalesce(ended_at, to_at) as ended_at
    from all_item_spans
),

line_spans as (
    select *
    from int_invoice_line_segment
    where exclusion_reason is null or exclusion_reason = 'gap'
),

line_months as (
    select
        *,
        unnest(range(month_from, month_to)) as measured_in_month
    from line_spans
),

timed_line_months as (
    select
        * replace (
            case
                when measured_in_month > start_month
                then cast(month_day(measured_in_month) as timestamp)
                else from_at
            end as from_at,
            case
                when measured_in_month < month_to - 1
                then cast(month_day(measured_in_month + 1) as timestamp)
                else to_at
            end as to_at
        )
    from line_months
),

-- Lines of one product are one item, worth what they add up to. It lasts as long as something is paid for: a reduction
-- that begins earlier or ends later pays for nothing. It is in a gap where none of its lines is seen.
billed_months as (
    select
        customer_key,
        item_key,
        native_currency,
        measured_in_month,
        is_before_merge,
        merged_in_month,
        merged_out_month,
        case when bool_and(exclusion_reason is not null) then 'gap' end as held_as,
        arg_max(product_family, (gross_mrr_amount_native, line_key)) filter (
            exclusion_reason is null
        ) as product_family,
        arg_max(tier_key, (gross_mrr_amount_native, line_key)) filter (
            exclusion_reason is null
        ) as tier_key,
        arg_max(plan_name, (gross_mrr_amount_native, line_key)) filter (
            exclusion_reason is null
        ) as plan_name,
        sum(quantity) filter (exclusion_reason is null) as quantity,
        sum(gross_mrr_amount_native) filter (exclusion_reason is null) as gross_mrr_amount_native,
        sum(mrr_amount_native) filter (exclusion_reason is null) as mrr_amount_native,
        coalesce(
            min(from_at) filter (exclusion_reason is null and mrr_amount_native > 0),
            min(from_at) filter (exclusion_reason is null),
            min(from_at)
        ) as from_at,
        coalesce(
            max(to_at) filter (exclusion_reason is null and mrr_amount_native > 0),
            max(to_at) filter (exclusion_reason is null),
            max(to_at)
        ) as to_at
    from timed_line_months
    group by all
),

billed_months_in_runs as (
    select
        *,
        measured_in_month - row_number() over (
            partition by
                customer_key,
                item_key,
                native_currency,
                is_before_merge,
                held_as,
                product_family,
                tier_key,
                plan_name,
                quantity,
                gross_mrr_amount_native,
                mrr_amount_native
            order by measured_in_month
        ) as run_number
    from billed_months
),

line_runs as (
    select
        * exclude (measured_in_month, from_at, to_at),
        min(measured_in_month) as month_from,
        max(measured_in_month) + 1 as month_to,
        min(from_at) as from_at,
        max(to_at) as to_at,
        max(to_at) as ended_at
    from billed_months_in_runs
    group by all
),

billed_runs as (
    select
        * exclude (run_number),
        'voluntary' as end_churn_type,
        false as is_within_month,
        false as is_past_due,
        false as is_set_to_end,
        case
            when quantity > 0
            then half_even_quotient(
                ten_thousandths(gross_mrr_amount_native) * 100000000, ten_thousandths(quantity)
            )
        end as unit_price_units,
        0 as percent_off,
        gross_mrr_amount_native - mrr_amount_native as fixed_discount_amount_native
    from line_runs
),

runs as (
    select * from item_runs
    union all by name
    select * from billed_runs
),

runs_in_turn as (
    select
        *,
        lag(month_to) over earlier_runs is distinct from month_from as is_fresh
    from runs
    window earlier_runs as (
        partition by customer_key, item_key, native_currency order by month_from, from_at
    )
),

unbroken_runs as (
    select
        *,
        count(*) filter (is_fresh) over (
            partition by customer_key, item_key, native_currency
            order by month_from, from_at
            rows unbounded preceding
        ) as stretch_number
    from runs_in_turn
),

-- An item that is paused or in a gap is held at what it was worth just before, if only within the month; one that was
-- never worth anything is not held.
held_runs as (
    select
        *,
        last_value(
            case
                when held_as is null
                then struct_pack(
                    product_family := product_family,
                    tier_key := tier_key,
                    plan_name := plan_name,
                    quantity := quantity,
                    unit_price_units := unit_price_units,
                    percent_off := percent_off,
                    fixed_discount_amount_native := fixed_discount_amount_native,
                    gross_mrr_amount_native := gross_mrr_amount_native,
                    mrr_amount_native := mrr_amount_native
                )
            end ignore nulls
        ) over (
            partition by customer_key, item_key, native_currency, stretch_number
            order by month_from, from_at
            rows unbounded preceding
        ) as held
    from unbroken_runs
),

final as (
    select
        -- keys
        customer_key,
        item_key,
        native_currency,
        cast(month_from as integer) as month_from,

        -- attributes
        held.product_family as product_family,
        held.tier_key as tier_key,
        held.plan_name as plan_name,
        end_churn_type,
        end_reason,
        held_as,

        -- flags
        is_before_merge,
        is_within_month,
        is_past_due,
        is_set_to_end,

        -- measures
        cast(month_to as integer) as month_to,
        merged_in_month,
        merged_out_month,
        cast(held.quantity as decimal(18, 4)) as quantity,
        held.unit_price_units as unit_price_units,
        cast(held.percent_off as decimal(18, 4)) as percent_off,
        cast(
            held.fixed_discount_amount_native as decimal(18, 4)
        ) as fixed_discount_amount_native,
        cast(held.gross_mrr_amount_native as decimal(18, 4)) as gross_mrr_amount_native,
        cast(held.mrr_amount_native as decimal(18, 4)) as mrr_amount_native,

        -- times
        from_at,
        to_at,
        ended_at
    from held_runs
    where held is not null
)

select * from final
