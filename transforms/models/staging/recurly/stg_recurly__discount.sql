-- Grain: one row per redemption of a coupon that lowers a price, and reading of it.
-- Scope: company
with

redemptions as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "account": {"id": "VARCHAR"}, "subscription_id": "VARCHAR", "state": "VARCHAR",
                "currency": "VARCHAR", "created_at": "VARCHAR", "updated_at": "VARCHAR", "removed_at": "VARCHAR",
                "coupon": {
                    "code": "VARCHAR", "name": "VARCHAR", "duration": "VARCHAR",
                    "temporal_unit": "VARCHAR", "temporal_amount": "INTEGER",
                    "discount": {
                        "type": "VARCHAR", "percent": "VARCHAR",
                        "currencies": [{"currency": "VARCHAR", "amount": "VARCHAR"}]
                    }
                }
            }'
        ) as redemption
    from raw.recurly__coupon_redemption
),

price_redemptions as (
    select
        origin,
        redemption,
        redemption.coupon as coupon,
        recurly_instant(redemption.created_at) as redeemed_at,
        list_filter(
            redemption.coupon.discount.currencies,
            lambda price: price.currency = redemption.currency
        )[1].amount as amount_off
    from redemptions
    where coalesce(redemption.coupon.discount.type, '') <> 'free_trial'
),

final as (
    select
        origin,
        -- keys
        'recurly' as source,
        redemption.id as discount_id,
        redemption.account.id as customer_id,
        redemption.subscription_id as subscription_id,

        -- attributes
        coupon.code as coupon,
        coupon.name as name,
        upper(redemption.currency) as currency,

        -- flags
        coupon.duration <> 'single_use' as is_recurring,

        -- measures
        case when coupon.discount.type = 'percent' then coupon.discount.percent end as percent_off,
        case when coupon.discount.type = 'fixed' then amount_off end as amount_off,

        -- times
        redeemed_at as starts_at,
        least(
            recurly_instant(redemption.removed_at),
            case
                when coupon.duration = 'temporal'
                then try(
                    case coupon.temporal_unit
                        when 'day' then redeemed_at + to_days(coupon.temporal_amount)
                        when 'week' then redeemed_at + to_days(7 * coupon.temporal_amount)
                        when 'month' then redeemed_at + to_months(coupon.temporal_amount)
                        when 'year' then redeemed_at + to_years(coupon.temporal_amount)
                    end
                )
            end,
            case
                when redemption.state = 'inactive' and redemption.removed_at is null
                    and coupon.duration = 'forever'
                then recurly_instant(redemption.updated_at)
            end
        ) as ends_at
    from price_redemptions
)

select * from final
