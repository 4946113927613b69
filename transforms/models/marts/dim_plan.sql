-- Grain: one row per plan that a source lists, or that an item or invoice line names.
-- Scope: company
-- Decisions: "Products, plans and employees nobody lists".
with

listed_plans as (
    select * from plan
),

mentions as (
    select source, plan_id from subscription_item group by all
    union all
    select source, plan_id from invoice_line group by all
),

unlisted_plans as (
    select
        mentions.source,
        mentions.plan_id
    from mentions
    anti join listed_plans
        on mentions.source = listed_plans.source and mentions.plan_id = listed_plans.plan_id
    where mentions.plan_id is not null
    group by all
),

plans as (
    select
        *,
        true as is_listed
    from listed_plans
    union all by name
    select
        *,
        false as is_listed
    from unlisted_plans
),

final as (
    select
        -- keys
        source || ':' || plan_id as plan_key,
        source || ':' || product_id as product_key,

        -- attributes
        coalesce(name, plan_id) as name,
        coalesce(tier, plan_id) as tier,
        charge_type,
        billing_interval,
        currency,

        -- flags
        is_listed,
        coalesce(is_free, false) as is_free,
        coalesce(is_active, false)
        and coalesce(local_time(deleted_at) >= getvariable('as_of'), true) as is_active,
        coalesce(local_time(deleted_at) < getvariable('as_of'), false) as is_deleted,

        -- measures
        tier_rank,
        case
            when billing_interval is not null then coalesce(billing_interval_count, 1)
        end as billing_interval_count,
        unit_amount,
        case
            when unit_amount is not null
                and billing_interval is not null
                and coalesce(charge_type, 'recurring') = 'recurring'
            then monthly_amount(
                unit_amount, 1, 0, 0, billing_interval, coalesce(billing_interval_count, 1)
            )
        end as monthly_unit_amount,

        -- times
        cast(local_time(deleted_at) as date) as deleted_date
    from plans
)

select * from final
