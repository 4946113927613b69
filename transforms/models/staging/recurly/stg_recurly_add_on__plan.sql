-- Grain: one row per add-on and reading of it; sold in several currencies, it has no list price.
-- Scope: company
with

add_ons as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "state": "VARCHAR", "add_on_type": "VARCHAR", "tier_type": "VARCHAR",
                "item": {"id": "VARCHAR"},
                "currencies": [{"currency": "VARCHAR", "unit_amount": "VARCHAR", "unit_amount_decimal": "VARCHAR"}]
            }'
        ) as add_on
    from raw.recurly__add_on
),

final as (
    select
        origin,
        -- keys
        'recurly' as source,
        add_on.id as plan_id,
        add_on.item.id as product_id,

        -- attributes
        add_on.name as name,
        case add_on.add_on_type
            when 'fixed' then 'recurring'
            else add_on.add_on_type
        end as charge_type,
        case when len(add_on.currencies) = 1 then upper(add_on.currencies[1].currency) end
            as currency,

        -- flags
        add_on.state = 'active' as is_active,

        -- measures
        case
            when len(add_on.currencies) = 1 and coalesce(add_on.tier_type, 'flat') = 'flat'
            then recurly_amount(
                coalesce(add_on.currencies[1].unit_amount_decimal, add_on.currencies[1].unit_amount)
            )
        end as unit_amount
    from add_ons
)

select * from final
