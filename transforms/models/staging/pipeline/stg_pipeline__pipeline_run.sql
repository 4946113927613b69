-- Grain: one row per report of a run.
-- Scope: company
with

run_reports as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR",
                "as_of": "VARCHAR",
                "status": "VARCHAR",
                "started_at": "VARCHAR",
                "ended_at": "VARCHAR",
                "published": "VARCHAR",
                "error": "VARCHAR",
                "files": [{"outcome": "VARCHAR", "rows": "BIGINT", "rejected": "BIGINT"}],
                "models": [{"layer": "VARCHAR", "outcome": "VARCHAR"}]
            }'
        ) as report
    from raw.pipeline__run
),

parts as (
    select
        origin,
        report,
        [file.outcome for file in report.files] as files,
        [file for file in report.files if file.outcome = 'landed'] as landed_files,
        [model.outcome for model in report.models if model.layer not in ('seeds', 'audits')]
            as models,
        [model.outcome for model in report.models if model.layer = 'audits'] as audits
    from run_reports
),

final as (
    select
        origin,
        -- keys
        report.id as run_id,

        -- attributes
        report.status as status,
        report.error as error_text,

        -- flags
        report.published as is_published,

        -- measures
        len(landed_files)::bigint as landed_file_count,
        len(list_filter(files, lambda outcome: outcome = 'duplicate'))::bigint
            as duplicate_file_count,
        len(list_filter(files, lambda outcome: outcome = 'failed'))::bigint as failed_file_count,
        list_sum([file.rows for file in landed_files])::bigint as landed_row_count,
        list_sum([file.rejected for file in landed_files])::bigint as rejected_row_count,
        len(list_filter(models, lambda outcome: outcome = 'built'))::bigint as built_model_count,
        len(list_filter(models, lambda outcome: outcome = 'unchanged'))::bigint
            as unchanged_model_count,
        len(list_filter(models, lambda outcome: outcome = 'failed'))::bigint as failed_model_count,
        len(list_filter(models, lambda outcome: outcome = 'skipped'))::bigint
            as skipped_model_count,
        len(list_filter(audits, lambda outcome: outcome = 'failed'))::bigint as failed_audit_count,

        -- times
        report.as_of as as_of_date,
        report.started_at as started_at,
        report.ended_at as ended_at,
        report.ended_at as updated_at
    from parts
)

select * from final
