-- Grain: one row per number of a past period that was published, and is not what was published.
-- Scope: company
-- Decisions: "Corrections to the past".
with

restatements as (
    select *
    from kpi_restatement
    where deleted_at is null
),

final as (
    select
        -- keys
        source,
        reported_run_id,
        kpi,
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        restated_run_id,

        -- attributes
        cause,
        raw_files,

        -- flags
        is_record_count_partial,

        -- measures
        record_count,
        reported_numerator,
        reported_denominator,
        reported_value,
        restated_numerator,
        restated_denominator,
        restated_value,
        restated_value - reported_value as value_change,

        -- times
        reported_at,
        restated_at
    from restatements
)

select * from final
