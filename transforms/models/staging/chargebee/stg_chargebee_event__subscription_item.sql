-- Grain: one row per position of a subscription and event that shows the subscription.
-- Scope: company
with

events as (
    select origin, chargebee_event(payload) as event
    from raw.chargebee__event
),

changes as (
    select
        origin,
        event.event_type as change,
        chargebee_instant(event.occurred_at) as changed_at,
        chargebee_subscription(event.content.subscription) as subscription
    from events
    where event.content.subscription is not null
),

priced_changes as (
    select *, chargebee_amounts(subscription) as amounts
    from changes
),

positioned_changes as (
    select *, chargebee_positions(subscription, amounts) as positions
    from priced_changes
),

items as (
    select
        origin,
        change,
        changed_at,
        unnest(chargebee_items(subscription, positions, changed_at)) as item
    from positioned_changes
),

final as (
    select
        origin,
        unnest(item),
        changed_at as updated_at,
        case when change = 'subscription_deleted' then changed_at end as deleted_at
    from items
)

select * from final
