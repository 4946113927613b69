-- Grain: one row per subscription item and change of its subscription; an item that was taken off has ended.
-- Scope: company
with

events as (
    select origin, stripe_event(payload) as event
    from raw.stripe__event
),

changes as (
    select
        origin,
        instant_of_seconds(event.created) as changed_at,
        stripe_subscription(event.data.object) as after_change,
        stripe_subscription(
            json_merge_patch(
                event.data.object,
                json_object('items', event.data.previous_attributes.items)
            )
        ) as before_change,
        event.data.previous_attributes.items is not null as has_other_items
    from events
    where event.type like 'customer.subscription.%'
),

present_items as (
    select origin, changed_at, unnest(stripe_items(after_change, changed_at)) as item
    from changes
),

earlier_items as (
    select
        origin,
        changed_at,
        [item.id for item in after_change.items.data] as present_ids,
        unnest(stripe_items(before_change, changed_at)) as item
    from changes
    where has_other_items
),

removed_items as (
    select
        origin,
        changed_at,
        struct_update(item, status := 'canceled', canceled_at := changed_at, ends_at := changed_at)
            as item
    from earlier_items
    where not list_contains(present_ids, item.subscription_item_id)
),

all_items as (
    select * from present_items
    union all
    select * from removed_items
),

final as (
    select origin, unnest(item), changed_at as updated_at
    from all_items
)

select * from final
