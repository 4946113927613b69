-- Grain: one row per discount of a subscription and reading of it.
-- Scope: company
with

subscriptions as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "customer": "VARCHAR",
                "discounts": [{
                    "id": "VARCHAR", "start": "VARCHAR", "end": "VARCHAR",
                    "source": {"coupon": {
                        "id": "VARCHAR", "name": "VARCHAR", "currency": "VARCHAR", "duration": "VARCHAR",
                        "percent_off": "VARCHAR", "amount_off": "VARCHAR"
                    }}
                }]
            }'
        ) as subscription
    from raw.stripe__subscription
),

discounts as (
    select origin, subscription, unnest(subscription.discounts) as discount
    from subscriptions
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        discount.id as discount_id,
        subscription.customer as customer_id,
        subscription.id as subscription_id,

        -- attributes
        discount.source.coupon.id as coupon,
        discount.source.coupon.name as name,
        upper(discount.source.coupon.currency) as currency,

        -- flags
        discount.source.coupon.duration <> 'once' as is_recurring,

        -- measures
        discount.source.coupon.percent_off as percent_off,
        minor_to_major(discount.source.coupon.amount_off, discount.source.coupon.currency)
            as amount_off,

        -- times
        instant_of_seconds(discount.start) as starts_at,
        instant_of_seconds(discount.end) as ends_at
    from discounts
)

select * from final
