-- Grain: one row per period that has ended.
-- Scope: company
with

first_months as (
    select min(month_from) as first_month from int_recurring_item_run
),

months as (
    select unnest(range(first_month, month_number(getvariable('as_of')))) as start_month
    from first_months
),

spans as (
    select
        'month' as period_type,
        start_month,
        start_month + 1 as end_month
    from months
    union all
    select
        'quarter',
        fiscal_quarter_month(start_month),
        fiscal_quarter_month(start_month) + 3
    from months
    group by all
    union all
    select
        'fiscal_year',
        fiscal_year_month(start_month),
        fiscal_year_month(start_month) + 12
    from months
    group by all
    union all
    select
        'trailing_12_months',
        start_month,
        start_month + 12
    from months
),

final as (
    select
        period_type,
        cast(start_month as integer) as start_month,
        cast(end_month as integer) as end_month,
        month_day(start_month) as period_start,
        month_day(end_month) as period_end
    from spans
    where end_month <= month_number(getvariable('as_of'))
)

select * from final
