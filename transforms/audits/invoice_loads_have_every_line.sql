-- The months of a source have all its recurring lines that have begun, each once, and all its missing loads.
with

sides as (
    select
        source,
        line_count,
        case when load_status = 'missing' then 1 else 0 end as missing_count
    from fct_invoice_load
    union all
    select
        source,
        -1,
        0
    from invoice_line
    where line_type = 'recurring'
        and invoice_status not in ('void', 'draft')
        and service_start_date < getvariable('as_of')
    union all
    select
        source,
        0,
        -1
    from missing_load
    where deleted_at is null and month_start < getvariable('as_of')
),

final as (
    select
        source,
        cast(sum(line_count) as bigint) as line_count,
        cast(sum(missing_count) as bigint) as missing_count
    from sides
    group by all
    having sum(line_count) <> 0 or sum(missing_count) <> 0
)

select * from final
