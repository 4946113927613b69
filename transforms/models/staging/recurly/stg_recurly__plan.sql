-- Grain: one row per plan and reading of it; sold in several currencies, it has no list price.
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
        plan.id as plan_id,
        plan.id as product_id,

        -- attributes
        plan.name as name,
        recurly_custom_field(plan.custom_fields, 'tier') as tier,
        'recurring' as charge_type,
        case plan.interval_unit
            when 'months' then 'month'
            when 'days' then 'day'
            else plan.interval_unit
        end as billing_interval,
        case when len(plan.currencies) = 1 then upper(plan.currencies[1].currency) end as currency,

        -- flags
        plan.state = 'active' as is_active,

        -- measures
        recurly_custom_field(plan.custom_fields, 'tier_rank') as tier_rank,
        plan.interval_length as billing_interval_count,
        case when len(plan.currencies) = 1 then recurly_amount(plan.currencies[1].unit_amount) end
            as unit_amount
    from plans
)

select * from final
