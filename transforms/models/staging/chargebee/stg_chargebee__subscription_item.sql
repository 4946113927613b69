-- Grain: one row per position of a subscription and reading of it.
-- Scope: company
with

subscriptions as (
    select origin, chargebee_subscription(payload -> '$.subscription') as subscription
    from raw.chargebee__subscription
),

priced_subscriptions as (
    select *, chargebee_amounts(subscription) as amounts
    from subscriptions
),

positioned_subscriptions as (
    select *, chargebee_positions(subscription, amounts) as positions
    from priced_subscriptions
),

items as (
    select origin, unnest(chargebee_items(subscription, positions, origin.extracted_at)) as item
    from positioned_subscriptions
),

final as (
    select origin, unnest(item)
    from items
)

select * from final
