-- Every stream that a run reports to have read is in the fact once, and nothing else is.
with

reported as (
    select
        stream_load.source,
        stream_load.run_id,
        stream_source,
        stream,
        stream_load.landed_row_count
    from stream_load
    inner join pipeline_run
        on stream_load.source = pipeline_run.source and stream_load.run_id = pipeline_run.run_id
    where stream_load.deleted_at is null and pipeline_run.deleted_at is null
),

published as (
    select
        source,
        run_id,
        stream_source,
        stream,
        landed_row_count
    from fct_stream_load
),

missing as (
    select * from reported
    except all
    select * from published
),

unreported as (
    select * from published
    except all
    select * from reported
),

final as (
    select
        'not in the fact' as problem,
        *
    from missing
    union all
    select
        'not reported' as problem,
        *
    from unreported
)

select * from final
