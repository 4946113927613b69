-- Grain: one row per item of the catalog and reading of it.
-- Scope: company
with

items as (
    select
        origin,
        json_transform(
            payload -> '$.item',
            '{
                "id": "VARCHAR", "name": "VARCHAR", "item_family_id": "VARCHAR", "type": "VARCHAR", "status": "VARCHAR",
                "is_shippable": "BOOLEAN", "archived_at": "VARCHAR"
            }'
        ) as item
    from raw.chargebee__item
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        item.id as product_id,

        -- attributes
        item.name as name,
        item.item_family_id as product_family,
        case when item.type = 'charge' and item.is_shippable then 'goods' else 'subscription' end
            as product_type,

        -- flags
        item.status = 'active' as is_active,

        -- times
        chargebee_day(item.archived_at) as retired_date
    from items
)

select * from final
