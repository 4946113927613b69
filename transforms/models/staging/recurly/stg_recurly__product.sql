-- Grain: one row per item of the catalog and reading of it.
-- Scope: company
with

items as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "state": "VARCHAR", "created_at": "VARCHAR", "deleted_at": "VARCHAR",
                "custom_fields": [{"name": "VARCHAR", "value": "VARCHAR"}]
            }'
        ) as item
    from raw.recurly__item
),

final as (
    select
        origin,
        -- keys
        'recurly' as source,
        item.id as product_id,

        -- attributes
        item.name as name,
        recurly_custom_field(item.custom_fields, 'product_family') as product_family,
        recurly_custom_field(item.custom_fields, 'product_type') as product_type,

        -- flags
        item.state = 'active' as is_active,

        -- measures
        recurly_custom_field(item.custom_fields, 'gross_margin_rate') as gross_margin_rate,

        -- times
        recurly_day(item.created_at) as launched_date,
        case when item.state = 'inactive' then recurly_day(item.deleted_at) end as retired_date
    from items
)

select * from final
