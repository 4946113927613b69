-- Grain: one row per plan or sum of add-ons of a subscription, and reading of it.
-- Scope: company
with

subscriptions as (
    select origin, recurly_subscription(payload) as subscription
    from raw.recurly__subscription
),

items as (
    select
        origin,
        unnest(
            recurly_items(
                subscription,
                recurly_terms(subscription, origin.extracted_at),
                origin.extracted_at
            )
        ) as item
    from subscriptions
),

final as (
    select origin, unnest(item)
    from items
)

select * from final
