-- Grain: one row per period that has ended.
-- Scope: company
with

first_months as (
    select min(month_from) as first_month from int_recurring_item_run
),

months as (
    select
        first_month,
        unnest(range(first_month, month_number(getvariable('as_of')))) as month_number
    from first_months
),

month_periods as (
    select
        first_month,
        unnest(periods_of(month_number), recursive := true)
    from months
),

-- Twelve months are listed where there are twelve months of data.
periods as (
    select
        period_type,
        start_month,
        end_month
    from month_periods
    where period_type <> 'trailing_12_months' or start_month >= first_month
    group by all
),

final as (
    select
        period_type,
        cast(start_month as integer) as start_month,
        cast(end_month as integer) as end_month,
        month_day(start_month) as period_start,
        month_day(end_month) as period_end
    from periods
    where end_month <= month_number(getvariable('as_of'))
)

select * from final
