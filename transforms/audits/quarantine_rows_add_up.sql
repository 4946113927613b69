-- Every rejected row is counted once for each column and reason it was rejected for.
with

rejected_rows as (
    select distinct
        stream,
        "file",
        column_name,
        reason,
        run_id,
        position,
        coalesce(record_id, '') as record_id
    from staged.rejected_row
),

rejected_streams as (
    select
        stream,
        count(*) as rejected_count,
        0 as published_count
    from rejected_rows
    group by all
),

published_streams as (
    select
        stream,
        0 as rejected_count,
        row_count as published_count
    from fct_quarantine
),

streams as (
    select * from rejected_streams
    union all
    select * from published_streams
),

final as (
    select
        stream,
        sum(rejected_count)::bigint as rejected_count,
        sum(published_count)::bigint as published_count
    from streams
    group by all
    having sum(rejected_count) <> sum(published_count)
)

select * from final
