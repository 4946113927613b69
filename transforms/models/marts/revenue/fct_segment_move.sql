-- Grain: one row per customer and month in which its value band or its stage is another than before.
-- Scope: customer
-- Decisions: "Value bands and stages".
with

cohorts as (
    select * from int_customer_cohort
),

held_months as (
    select
        customer_key,
        month_start,
        value_band,
        revenue_stage,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(mrr_amount) as mrr_amount
    from fct_customer_month
    group by all
),

-- Who came and went within its first month has nothing at its end.
passing_customers as (
    select
        cohorts.customer_key,
        month_day(cohorts.first_paid_month) as month_start
    from cohorts
    anti join held_months
        on cohorts.customer_key = held_months.customer_key
        and month_day(cohorts.first_paid_month) = held_months.month_start
    where cohorts.first_paid_month <= last_month()
),

-- A month without a row is as the one before.
months as (
    select * from held_months
    union all by name
    select
        customer_key,
        month_start,
        'none' as value_band,
        'churned' as revenue_stage,
        0 as opening_mrr_amount,
        0 as mrr_amount
    from passing_customers
),

months_in_turn as (
    select
        *,
        lag(value_band, 1, 'none') over customer_months as from_value_band,
        lag(revenue_stage, 1, 'not_yet') over customer_months as from_revenue_stage
    from months
    window customer_months as (partition by customer_key order by month_start)
),

final as (
    select
        -- keys
        customer_key,
        month_start,

        -- attributes
        from_value_band,
        from_revenue_stage,
        value_band,
        revenue_stage,
        getvariable('reporting_currency') as currency,

        -- flags
        month_day(month_number(month_start) + 1) <= getvariable('as_of') as is_complete,

        -- measures
        cast(opening_mrr_amount as decimal(18, 4)) as opening_mrr_amount,
        cast(mrr_amount as decimal(18, 4)) as mrr_amount
    from months_in_turn
    where value_band <> from_value_band or revenue_stage <> from_revenue_stage
)

select * from final
