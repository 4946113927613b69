-- Grain: one row per month, value band and stage.
-- Scope: company
-- Decisions: "Value bands and stages".
with

moves as (
    select
        *,
        month_number(month_start) as month_number
    from fct_segment_move
),

held_months as (
    select
        month_number(month_start) as month_number,
        value_band,
        revenue_stage,
        sum(mrr_amount) as mrr_amount
    from fct_customer_month
    group by all
),

-- A move takes a customer out of one segment and into another.
sides as (
    select
        month_number,
        value_band,
        revenue_stage,
        1 as moved_in,
        0 as moved_out
    from moves
    union all
    select
        month_number,
        from_value_band,
        from_revenue_stage,
        0,
        1
    from moves
    where from_revenue_stage <> 'not_yet'
),

side_sums as (
    select
        month_number,
        value_band,
        revenue_stage,
        sum(moved_in) as moved_in_customer_count,
        sum(moved_out) as moved_out_customer_count
    from sides
    group by all
),

bounds as (
    select min(month_number) as first_month from moves
),

months as (
    select unnest(range(first_month, last_month() + 1)) as month_number
    from bounds
),

-- A segment that anybody was ever in has its row in every month.
segments as (
    select
        value_band,
        revenue_stage
    from sides
    group by all
),

segment_months as (
    select
        months.month_number,
        segments.value_band,
        segments.revenue_stage
    from months
    cross join segments -- all of them in each month
),

running_months as (
    select
        segment_months.*,
        coalesce(side_sums.moved_in_customer_count, 0) as moved_in_customer_count,
        coalesce(side_sums.moved_out_customer_count, 0) as moved_out_customer_count,
        sum(
            coalesce(side_sums.moved_in_customer_count, 0)
            - coalesce(side_sums.moved_out_customer_count, 0)
        ) over (
            partition by segment_months.value_band, segment_months.revenue_stage
            order by segment_months.month_number
            rows unbounded preceding
        ) as customer_count
    from segment_months
    left join side_sums
        on segment_months.month_number = side_sums.month_number
        and segment_months.value_band = side_sums.value_band
        and segment_months.revenue_stage = side_sums.revenue_stage
),

final as (
    select
        -- keys
        month_day(running_months.month_number) as month_start,
        running_months.value_band,
        running_months.revenue_stage,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- flags
        month_day(running_months.month_number + 1) <= getvariable('as_of') as is_complete,

        -- measures
        cast(
            running_months.customer_count - running_months.moved_in_customer_count
            + running_months.moved_out_customer_count as bigint
        ) as opening_customer_count,
        cast(running_months.moved_in_customer_count as bigint) as moved_in_customer_count,
        cast(running_months.moved_out_customer_count as bigint) as moved_out_customer_count,
        cast(running_months.customer_count as bigint) as customer_count,
        cast(coalesce(held_months.mrr_amount, 0) as decimal(18, 4)) as mrr_amount
    from running_months
    left join held_months
        on running_months.month_number = held_months.month_number
        and running_months.value_band = held_months.value_band
        and running_months.revenue_stage = held_months.revenue_stage
)

select * from final
