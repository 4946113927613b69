-- Grain: one row per run of the pipeline.
-- Scope: company
-- Decisions: "The runs a mart can tell of".
with

runs as (
    select *
    from pipeline_run
    where deleted_at is null
),

final as (
    select
        -- keys
        source,
        run_id,

        -- attributes
        status,
        error_text,

        -- flags
        is_published,

        -- measures
        landed_file_count,
        duplicate_file_count,
        failed_file_count,
        landed_row_count,
        rejected_row_count,
        built_model_count,
        unchanged_model_count,
        failed_model_count,
        skipped_model_count,
        failed_audit_count,
        (date_diff('millisecond', started_at, ended_at) / 1000)::double as duration_seconds,

        -- times
        as_of_date,
        started_at,
        ended_at
    from runs
)

select * from final
