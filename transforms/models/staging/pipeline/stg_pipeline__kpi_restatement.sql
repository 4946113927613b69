-- Grain: one row per number that a run found to differ from what was published.
-- Scope: company
with

records as (
    select
        origin,
        json_transform(
            payload,
            '{
                "reported_run_id": "VARCHAR",
                "reported_at": "VARCHAR",
                "restated_run_id": "VARCHAR",
                "restated_at": "VARCHAR",
                "cause": "VARCHAR",
                "raw_files": "VARCHAR",
                "is_record_count_partial": "VARCHAR",
                "record_count": "VARCHAR",
                "kpi": "VARCHAR",
                "period_type": "VARCHAR",
                "period_start": "VARCHAR",
                "period_end": "VARCHAR",
                "segment_dimension": "VARCHAR",
                "segment_value": "VARCHAR",
                "reported_numerator": "VARCHAR",
                "reported_denominator": "VARCHAR",
                "reported_value": "VARCHAR",
                "restated_numerator": "VARCHAR",
                "restated_denominator": "VARCHAR",
                "restated_value": "VARCHAR"
            }'
        ) as restatement
    from raw.pipeline__kpi_restatement
),

final as (
    select
        origin,
        -- keys
        restatement.reported_run_id as reported_run_id,
        restatement.kpi as kpi,
        restatement.period_type as period_type,
        restatement.period_start as period_start,
        restatement.segment_dimension as segment_dimension,
        restatement.segment_value as segment_value,
        restatement.restated_run_id as restated_run_id,

        -- attributes
        restatement.cause as cause,
        nullif(restatement.raw_files, '') as raw_files,

        -- flags
        restatement.is_record_count_partial as is_record_count_partial,

        -- measures
        restatement.record_count as record_count,
        restatement.reported_numerator as reported_numerator,
        restatement.reported_denominator as reported_denominator,
        restatement.reported_value as reported_value,
        restatement.restated_numerator as restated_numerator,
        restatement.restated_denominator as restated_denominator,
        restatement.restated_value as restated_value,

        -- times
        restatement.period_end as period_end,
        restatement.reported_at as reported_at,
        restatement.restated_at as restated_at,
        restatement.restated_at as updated_at
    from records
)

select * from final
