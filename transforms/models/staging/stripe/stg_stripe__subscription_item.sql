-- Grain: one row per subscription item and reading of it.
-- Scope: company
with

subscriptions as (
    select origin, stripe_subscription(payload) as subscription
    from raw.stripe__subscription
),

items as (
    select origin, unnest(stripe_items(subscription, origin.extracted_at)) as item
    from subscriptions
),

final as (
    select origin, unnest(item)
    from items
)

select * from final
