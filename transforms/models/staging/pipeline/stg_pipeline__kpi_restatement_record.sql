-- Grain: one row per record that a run found to have changed a number that was published.
-- Scope: company
with

records as (
    select
        origin,
        json_transform(
            payload,
            '{
                "reported_run_id": "VARCHAR",
                "restated_run_id": "VARCHAR",
                "kpi": "VARCHAR",
                "period_type": "VARCHAR",
                "period_start": "VARCHAR",
                "segment_dimension": "VARCHAR",
                "segment_value": "VARCHAR",
                "record_number": "VARCHAR",
                "customer_key": "VARCHAR",
                "entity": "VARCHAR",
                "record_id": "VARCHAR",
                "raw_file": "VARCHAR",
                "file": "VARCHAR",
                "position": "VARCHAR"
            }'
        ) as cause
    from raw.pipeline__kpi_restatement_record
),

final as (
    select
        origin,
        -- keys
        cause.reported_run_id as reported_run_id,
        cause.restated_run_id as restated_run_id,
        cause.kpi as kpi,
        cause.period_type as period_type,
        cause.period_start as period_start,
        cause.segment_dimension as segment_dimension,
        cause.segment_value as segment_value,
        cause.record_number as record_number,
        cause.customer_key as customer_key,

        -- attributes
        cause.entity as entity,
        cause.record_id as record_id,
        cause.raw_file as raw_file,
        cause.file as file,
        cause.position as position
    from records
)

select * from final
