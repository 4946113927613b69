-- Each run that reported is there once.
with

reported_runs as (
    select
        source,
        run_id,
        1 as reported_count,
        0 as published_count
    from pipeline_run
    where deleted_at is null
),

published_runs as (
    select
        source,
        run_id,
        0 as reported_count,
        1 as published_count
    from fct_pipeline_run
),

runs as (
    select * from reported_runs
    union all
    select * from published_runs
),

final as (
    select
        source,
        run_id,
        sum(reported_count)::bigint as reported_count,
        sum(published_count)::bigint as published_count
    from runs
    group by all
    having sum(reported_count) <> 1 or sum(published_count) <> 1
)

select * from final
