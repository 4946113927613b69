-- Grain: one row per price and reading of it.
-- Scope: company
with

prices as (
    select origin, stripe_price(payload) as price
    from raw.stripe__price
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        price.id as plan_id,
        price.product as product_id,

        -- attributes
        price.nickname as name,
        price.metadata.tier as tier,
        stripe_charge_type(price.recurring) as charge_type,
        price.recurring.interval as billing_interval,
        upper(price.currency) as currency,

        -- flags
        stripe_is_free(price) as is_free,
        price.active as is_active,

        -- measures
        price.metadata.tier_rank as tier_rank,
        price.recurring.interval_count as billing_interval_count,
        minor_to_major(coalesce(price.unit_amount_decimal, price.unit_amount), price.currency)
            as unit_amount
    from prices
)

select * from final
