-- Grain: one row per restated number, record that landed since and customer whose part of the number changed.
-- Scope: company
-- Decisions: "Corrections to the past".
with

-- What a run found that never published, and a later one found otherwise, is not told.
restatements as (
    select * from fct_kpi_restatement
),

records as (
    select *
    from kpi_restatement_record
    where deleted_at is null
),

final as (
    select
        -- keys
        records.source,
        records.reported_run_id,
        records.restated_run_id,
        records.kpi,
        records.period_type,
        records.period_start,
        records.segment_dimension,
        records.segment_value,
        records.record_number,
        records.customer_key,

        -- attributes
        records.entity,
        records.record_id,
        records.raw_file,
        records.file,
        records.position
    from records
    semi join restatements
        on records.source = restatements.source
        and records.reported_run_id = restatements.reported_run_id
        and records.restated_run_id = restatements.restated_run_id
        and records.kpi = restatements.kpi
        and records.period_type = restatements.period_type
        and records.period_start = restatements.period_start
        and records.segment_dimension = restatements.segment_dimension
        and records.segment_value = restatements.segment_value
)

select * from final
