-- Grain: one row per currency of recurring revenue and month, the reporting currency included.
-- Scope: company
-- Decisions: "Exchange rates".
with

rates as (
    select * from int_currency_month
),

first_months as (
    select min(month_from) - 1 as first_month from int_recurring_item_run
),

-- An amount in the reporting currency is what it is, at no rate.
reporting_months as (
    select
        getvariable('reporting_currency') as native_currency,
        unnest(range(first_month, last_month() + 1)) as measured_in_month
    from first_months
),

months as (
    select * from rates
    union all by name
    select
        native_currency,
        measured_in_month,
        'reporting_currency' as route,
        1 as opening_rate,
        1 as rate,
        rate_day(measured_in_month) as rate_date
    from reporting_months
),

final as (
    select
        -- keys
        native_currency,
        month_day(measured_in_month) as month_start,

        -- attributes
        getvariable('reporting_currency') as currency,
        route,
        via_currency,

        -- flags
        month_day(measured_in_month + 1) <= getvariable('as_of') as is_complete,

        -- measures
        cast(opening_rate as decimal(18, 8)) as opening_rate,
        cast(rate as decimal(18, 8)) as rate,

        -- times
        rate_date,
        quoted_date
    from months
)

select * from final
