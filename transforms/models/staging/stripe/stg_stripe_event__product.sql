-- Grain: one row per change of a product.
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
        stripe_product(event.data.object) as product
    from events
    where event.type in ('product.created', 'product.updated', 'product.deleted')
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        product.id as product_id,

        -- attributes
        product.name as name,
        product.metadata.product_family as product_family,
        product.metadata.product_type as product_type,

        -- flags
        product.active as is_active,

        -- measures
        product.metadata.gross_margin_rate as gross_margin_rate,

        -- times
        day_of_seconds(product.created) as launched_date,
        changed_at as updated_at,
        case when change = 'product.deleted' then changed_at end as deleted_at
    from changes
)

select * from final
