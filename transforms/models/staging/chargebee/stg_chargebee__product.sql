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
                "is_shippable": "BOOLEAN", "archived_at": "VARCHAR",
                "metadata": {"product_type": "VARCHAR", "gross_margin_rate": "VARCHAR"}
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
        coalesce(
            item.metadata.product_type,
            case when item.type = 'charge' and item.is_shippable then 'goods' end,
            'subscription'
        ) as product_type,

        -- flags
        item.status = 'active' as is_active,

        -- measures
        item.metadata.gross_margin_rate as gross_margin_rate,

        -- times
        chargebee_day(item.archived_at) as retired_date
    from items
)

select * from final
