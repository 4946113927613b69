-- Grain: one row per run of the pipeline and stream that it read.
-- Scope: company
-- Decisions: "The runs a mart can tell of".
with

loads as (
    select
        stream_load.*,
        pipeline_run.ended_at
    from stream_load
    -- A load without its run has no time, and belongs to no report.
    inner join pipeline_run
        on stream_load.source = pipeline_run.source and stream_load.run_id = pipeline_run.run_id
    where stream_load.deleted_at is null and pipeline_run.deleted_at is null
),

final as (
    select
        -- keys
        source,
        run_id,
        stream_source,
        stream,

        -- attributes
        outcome,
        error_text,

        -- flags
        row_number() over (
            partition by source, stream_source, stream
            order by ended_at desc, run_id desc
        ) = 1 as is_latest,

        -- measures
        landed_file_count,
        landed_row_count,
        deleted_row_count,
        rejected_row_count,
        request_count,
        retry_count,
        answer_bytes,
        waited_seconds,
        duration_seconds,
        case
            when read_until is not null
            then greatest(date_diff('millisecond', read_until, ended_at), 0) / 3600000
        end as staleness_hours,

        -- times
        read_until
    from loads
)

select * from final
