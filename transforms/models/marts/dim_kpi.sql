-- Grain: one row per KPI.
-- Scope: company
with

definitions as (
    select * from kpi
),

final as (
    select
        -- keys
        kpi,

        -- attributes
        title,
        formula,
        population,
        model as model_name,
        unit,
        direction,
        null_rule,
        target_period,
        owner as owner_name,

        -- measures
        target as target_value,
        sort_number,
        definition_version
    from definitions
)

select * from final
