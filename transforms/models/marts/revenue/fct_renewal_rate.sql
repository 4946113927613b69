-- Grain: one row per period, segment dimension and segment.
-- Scope: company
-- Decisions: "Renewal rates", "Segments of renewals".
with

terms as (
    select
        *,
        month_number(due_month_start) as due_month,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort
    from fct_renewal
    where is_due
),

-- Terms are summed by month first: a period is the sum of its months.
segment_months as (
    select
        due_month,
        case
            when grouping(segment) = 0 then 'segment'
            when grouping(region) = 0 then 'region'
            when grouping(industry) = 0 then 'industry'
            when grouping(size_band) = 0 then 'size_band'
            when grouping(owner_employee_key) = 0 then 'owner'
            when grouping(acquisition_cohort) = 0 then 'acquisition_cohort'
            else 'all'
        end as segment_dimension,
        coalesce(
            segment, region, industry, size_band, owner_employee_key, acquisition_cohort, 'all'
        ) as segment_value,
        count(*) as due_count,
        count(*) filter (is_renewed) as renewed_count,
        count(*) filter (is_on_time) as on_time_count,
        count(*) filter (is_late_renewal) as late_renewal_count,
        count(*) filter (is_open) as open_count,
        count(*) filter (is_lost) as lost_count,
        count(*) filter (has_amounts) as valued_count,
        sum(expiring_amount) filter (has_amounts) as expiring_amount,
        sum(retained_amount) filter (has_amounts) as retained_amount,
        sum(renewed_amount) filter (has_amounts) as renewed_amount,
        sum(renewed_amount) filter (has_amounts and is_late_renewal) as late_renewal_amount
    from terms
    group by grouping sets (
        (due_month),
        (due_month, segment),
        (due_month, region),
        (due_month, industry),
        (due_month, size_band),
        (due_month, owner_employee_key),
        (due_month, acquisition_cohort)
    )
),

bounds as (
    select min(due_month) as first_month from segment_months
),

months as (
    select
        first_month,
        unnest(range(first_month, last_month() + 1)) as month_number
    from bounds
),

month_periods as (
    select
        first_month,
        unnest(periods_of(month_number), recursive := true)
    from months
),

-- Twelve months are listed where there are twelve months of terms.
periods as (
    select
        period_type,
        start_month,
        end_month
    from month_periods
    where period_type <> 'trailing_12_months' or start_month >= first_month
    group by all
),

segment_periods as (
    select
        periods.period_type,
        periods.start_month,
        periods.end_month,
        segment_months.segment_dimension,
        segment_months.segment_value,
        sum(segment_months.due_count) as due_count,
        sum(segment_months.renewed_count) as renewed_count,
        sum(segment_months.on_time_count) as on_time_count,
        sum(segment_months.late_renewal_count) as late_renewal_count,
        sum(segment_months.open_count) as open_count,
        sum(segment_months.lost_count) as lost_count,
        sum(segment_months.valued_count) as valued_count,
        sum(segment_months.expiring_amount) as expiring_amount,
        sum(segment_months.retained_amount) as retained_amount,
        sum(segment_months.renewed_amount) as renewed_amount,
        sum(segment_months.late_renewal_amount) as late_renewal_amount
    from periods
    inner join segment_months -- each month counts in every period that it lies in
        on segment_months.due_month >= periods.start_month
        and segment_months.due_month < periods.end_month
    group by all
),

-- A period in which nothing was due has its row as well, with rates that are null.
sums as (
    select * from segment_periods
    union all by name
    select
        periods.period_type,
        periods.start_month,
        periods.end_month,
        'all' as segment_dimension,
        'all' as segment_value
    from periods
    anti join segment_periods
        on periods.period_type = segment_periods.period_type
        and periods.start_month = segment_periods.start_month
),

final as (
    select
        -- keys
        period_type,
        month_day(start_month) as period_start,
        month_day(end_month) as period_end,
        segment_dimension,
        segment_value,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- flags
        month_day(end_month) <= getvariable('as_of') as is_complete,

        -- measures
        cast(coalesce(due_count, 0) as bigint) as due_count,
        cast(coalesce(renewed_count, 0) as bigint) as renewed_count,
        cast(coalesce(on_time_count, 0) as bigint) as on_time_count,
        cast(coalesce(late_renewal_count, 0) as bigint) as late_renewal_count,
        cast(coalesce(open_count, 0) as bigint) as open_count,
        cast(coalesce(lost_count, 0) as bigint) as lost_count,
        cast(coalesce(valued_count, 0) as bigint) as valued_count,
        cast(coalesce(expiring_amount, 0) as decimal(18, 4)) as expiring_amount,
        cast(coalesce(retained_amount, 0) as decimal(18, 4)) as retained_amount,
        cast(coalesce(renewed_amount, 0) as decimal(18, 4)) as renewed_amount,
        cast(coalesce(late_renewal_amount, 0) as decimal(18, 4)) as late_renewal_amount,
        cast(renewed_count as double) / nullif(due_count, 0) as renewal_rate,
        cast(on_time_count as double) / nullif(due_count, 0) as on_time_renewal_rate,
        cast(renewed_count + open_count as double) / nullif(due_count, 0)
            as best_case_renewal_rate,
        cast(retained_amount as double) / nullif(cast(expiring_amount as double), 0)
            as gross_renewal_rate,
        cast(renewed_amount as double) / nullif(cast(expiring_amount as double), 0)
            as net_renewal_rate
    from sums
)

select * from final
