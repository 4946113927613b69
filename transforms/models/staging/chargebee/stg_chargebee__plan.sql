-- Grain: one row per item price and reading of it.
-- Scope: company
with

prices as (
    select
        origin,
        json_transform(
            payload -> '$.item_price',
            '{
                "id": "VARCHAR", "name": "VARCHAR", "item_id": "VARCHAR", "item_type": "VARCHAR", "status": "VARCHAR",
                "pricing_model": "VARCHAR", "price": "VARCHAR", "price_in_decimal": "VARCHAR", "currency_code": "VARCHAR",
                "period": "BIGINT", "period_unit": "VARCHAR", "usage_accumulation_reset_frequency": "VARCHAR",
                "metadata": {"tier": "VARCHAR", "tier_rank": "VARCHAR"}
            }'
        ) as price
    from raw.chargebee__item_price
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        price.id as plan_id,
        price.item_id as product_id,

        -- attributes
        price.name as name,
        price.metadata.tier as tier,
        case
            when price.item_type = 'charge' then 'one_off'
            when price.usage_accumulation_reset_frequency is not null then 'usage'
            when price.item_type in ('plan', 'addon') then 'recurring'
            else price.item_type
        end as charge_type,
        price.period_unit as billing_interval,
        upper(price.currency_code) as currency,

        -- flags
        price.status = 'active' as is_active,

        -- measures
        price.metadata.tier_rank as tier_rank,
        price.period as billing_interval_count,
        case
            when price.pricing_model in ('flat_fee', 'per_unit')
            then chargebee_price(price.price_in_decimal, price.price, price.currency_code)
        end as unit_amount
    from prices
)

select * from final
