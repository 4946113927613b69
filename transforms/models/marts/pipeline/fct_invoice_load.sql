-- Grain: one row per source and month, from the first to the last of its invoice lines.
-- Scope: company
-- Decisions: "Missing loads".
with

recurring_lines as (
    select
        source,
        month_number(service_start_date) as month_number
    from invoice_line
    where line_type = 'recurring'
        and invoice_status not in ('void', 'draft')
        and service_start_date < getvariable('as_of')
),

declared_months as (
    select
        source,
        month_number(month_start) as month_number,
        reason
    from missing_load
    where deleted_at is null and month_start < getvariable('as_of')
),

line_counts as (
    select
        source,
        month_number,
        count(*) as line_count
    from recurring_lines
    group by all
),

known_months as (
    select
        source,
        month_number
    from line_counts
    union all
    select
        source,
        month_number
    from declared_months
),

months as (
    select
        source,
        unnest(range(min(month_number), max(month_number) + 1)) as month_number
    from known_months
    group by source
),

final as (
    select
        -- keys
        months.source,
        month_day(months.month_number) as month_start,

        -- attributes
        case
            when declared_months.month_number is not null then 'missing'
            when line_counts.line_count > 0 then 'loaded'
            else 'empty'
        end as load_status,
        declared_months.reason,

        -- flags
        month_day(months.month_number + 1) <= getvariable('as_of') as is_complete,

        -- measures
        coalesce(line_counts.line_count, 0) as line_count
    from months
    left join line_counts
        on months.source = line_counts.source and months.month_number = line_counts.month_number
    left join declared_months
        on months.source = declared_months.source
        and months.month_number = declared_months.month_number
)

select * from final
