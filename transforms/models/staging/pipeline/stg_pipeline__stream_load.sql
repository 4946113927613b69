-- Grain: one row per report of a run and stream that it read.
-- Scope: company
with

run_reports as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR",
                "ended_at": "VARCHAR",
                "streams": [{
                    "source": "VARCHAR",
                    "stream": "VARCHAR",
                    "outcome": "VARCHAR",
                    "files": "VARCHAR",
                    "rows": "VARCHAR",
                    "deleted": "VARCHAR",
                    "rejected": "VARCHAR",
                    "bytes": "VARCHAR",
                    "requests": "VARCHAR",
                    "retries": "VARCHAR",
                    "waited_seconds": "VARCHAR",
                    "duration_seconds": "VARCHAR",
                    "watermark": "VARCHAR",
                    "error": "VARCHAR"
                }]
            }'
        ) as report
    from raw.pipeline__run
),

streams as (
    select
        origin,
        report,
        unnest(report.streams) as load
    from run_reports
),

final as (
    select
        origin,
        -- keys
        report.id as run_id,
        load.source as stream_source,
        load.stream as stream,

        -- attributes
        load.outcome as outcome,
        load.error as error_text,

        -- measures
        load.files as landed_file_count,
        load.rows as landed_row_count,
        load.deleted as deleted_row_count,
        load.rejected as rejected_row_count,
        load.requests as request_count,
        load.retries as retry_count,
        load.bytes as answer_bytes,
        load.waited_seconds as waited_seconds,
        load.duration_seconds as duration_seconds,

        -- times
        load.watermark as read_until,
        report.ended_at as updated_at
    from streams
)

select * from final
