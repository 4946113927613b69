-- Grain: one row per change of a price.
-- Scope: company
with

events as (
    select origin, stripe_event(payload) as event
    from raw.stripe__event
),

changes as (
    select
        origin,
        event.type as change,
        instant_of_seconds(event.created) as changed_at,
        stripe_price(event.data.object) as price
    from events
    where event.type in ('price.created', 'price.updated', 'price.deleted')
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        price.id as plan_id,
        price.product as product_id,

        -- attributes
        price.nickname as name,
        price.metadata.tier as tier,
        stripe_charge_type(price.recurring) as charge_type,
        price.recurring.interval as billing_interval,
        upper(price.currency) as currency,

        -- flags
        stripe_is_free(price) as is_free,
        price.active as is_active,

        -- measures
        price.metadata.tier_rank as tier_rank,
        price.recurring.interval_count as billing_interval_count,
        minor_to_major(coalesce(price.unit_amount_decimal, price.unit_amount), price.currency)
            as unit_amount,

        -- times
        changed_at as updated_at,
        case when change = 'price.deleted' then changed_at end as deleted_at
    from changes
)

select * from final
