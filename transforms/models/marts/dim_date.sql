-- Grain: one row per day, from the first month of the data to the end of the year after as_of.
-- Scope: company
-- Decisions: "Fiscal years", "Months of weeks".
with

first_days as (
    select min(cast(local_time(started_at) as date)) as first_day from subscription_item
    union all
    select min(least(invoice_date, coalesce(service_start_date, invoice_date))) from invoice_line
    union all
    select min(start_date) from contract_term
    union all
    select min(cast(local_time(paid_at) as date)) from payment
    union all
    select min(cast(local_time(answered_at) as date)) from survey_response
    union all
    select min(cast(local_time(sent_at) as date)) from survey_invitation
    union all
    select min(cast(local_time(created_at) as date)) from ticket
    union all
    select min(cast(local_time(occurred_at) as date)) from touchpoint
    union all
    select getvariable('as_of')
),

bounds as (
    select
        first_of_month(min(first_day)) as first_day,
        make_date(cast(year(getvariable('as_of')) + 2 as bigint), 1, 1) as end_day
    from first_days
),

days as (
    select cast(unnest(range(first_day, end_day, interval 1 day)) as date) as day
    from bounds
),

numbered_days as (
    select
        day,
        month_number(day) as month_number,
        fiscal_year_month(month_number(day)) as fiscal_year_month,
        fiscal_quarter_month(month_number(day)) as fiscal_quarter_month
    from days
),

final as (
    select
        -- keys
        day as calendar_date,

        -- attributes
        strftime(day, '%A') as weekday_name,
        strftime(day, '%B') as month_name,
        strftime(day, '%Y-%m') as month_label,
        year(day) || '-Q' || quarter(day) as quarter_label,
        month_label(day) as fiscal_month_label,
        fiscal_quarter_label(month_number) as fiscal_quarter_label,
        fiscal_year_label(month_number) as fiscal_year_label,

        -- flags
        isodow(day) >= 6 as is_weekend,
        day = last_day(day) as is_month_end,
        day = month_day(month_number + 1) - 1 as is_fiscal_month_end,
        day < getvariable('as_of') as is_covered,
        month_day(month_number + 1) <= getvariable('as_of') as is_in_complete_month,

        -- measures
        year(day) as year_number,
        quarter(day) as quarter_number,
        month(day) as month_number,
        day(day) as day_of_month,
        dayofyear(day) as day_of_year,
        isodow(day) as iso_weekday_number,
        isoyear(day) as iso_year_number,
        weekofyear(day) as iso_week_number,
        cast(fiscal_year_number(month_number) as bigint) as fiscal_year_number,
        cast((fiscal_quarter_month - fiscal_year_month) // 3 + 1 as bigint)
            as fiscal_quarter_number,
        cast(month_number - fiscal_year_month + 1 as bigint) as fiscal_month_number,
        fiscal_week_number(day) as fiscal_week_number,
        fiscal_week_number(month_day(month_number + 1) - 1)
        - fiscal_week_number(month_day(month_number)) + 1 as fiscal_month_week_count,
        fiscal_week_number(month_day(fiscal_year_month + 12) - 1) as fiscal_year_week_count,

        -- times
        cast(date_trunc('month', day) as date) as month_start,
        cast(date_trunc('quarter', day) as date) as quarter_start,
        cast(date_trunc('year', day) as date) as year_start,
        cast(date_trunc('week', day) as date) as iso_week_start,
        fiscal_week_start(day) as fiscal_week_start,
        month_day(month_number) as fiscal_month_start,
        month_day(fiscal_quarter_month) as fiscal_quarter_start,
        month_day(fiscal_year_month) as fiscal_year_start
    from numbered_days
)

select * from final
