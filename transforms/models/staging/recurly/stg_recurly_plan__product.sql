-- Grain: one row per plan and reading of it: what a plan sells is the plan.
-- Scope: company
with

plans as (
    select origin, recurly_plan(payload) as plan
    from raw.recurly__plan
),

final as (
    select
        origin,
        -- keys
        'recurly' as source,
        plan.id as product_id,

        -- attributes
        plan.name as name,
        recurly_custom_field(plan.custom_fields, 'product_family') as product_family,
        recurly_custom_field(plan.custom_fields, 'product_type') as product_type,

        -- flags
        plan.state = 'active' as is_active,

        -- measures
        recurly_custom_field(plan.custom_fields, 'gross_margin_rate') as gross_margin_rate,

        -- times
        recurly_day(plan.created_at) as launched_date,
        case when plan.state = 'inactive' then recurly_day(plan.deleted_at) end as retired_date
    from plans
)

select * from final
