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

        -- flags
        plan.state = 'active' as is_active,

        -- times
        recurly_day(plan.created_at) as launched_date,
        case when plan.state = 'inactive' then recurly_day(plan.deleted_at) end as retired_date
    from plans
)

select * from final
