-- Grain: one row per coupon of a subscription and reading of it.
-- Scope: company
with

readings as (
    select
        origin,
        json_transform(
            payload,
            '{
                "_parent": {"subscription": "VARCHAR", "customer": "VARCHAR", "applied": "VARCHAR"},
                "list": [{"coupon": {
                    "id": "VARCHAR", "name": "VARCHAR", "discount_type": "VARCHAR", "discount_percentage": "VARCHAR",
                    "discount_amount": "VARCHAR", "currency_code": "VARCHAR", "duration_type": "VARCHAR",
                    "apply_on": "VARCHAR", "item_constraints": [{"item_type": "VARCHAR", "constraint": "VARCHAR"}]
                }}]
            }'
        ) as reading
    from raw.chargebee__subscription_coupon
),

coupons as (
    select origin, reading._parent as parent, unnest(reading.list).coupon as coupon
    from readings
),

placed_coupons as (
    select
        origin,
        parent,
        coupon,
        list_filter(
            json_transform(
                try_cast(parent.applied as json),
                '[{"coupon_id": "VARCHAR", "apply_till": "VARCHAR"}]'
            ),
            lambda applied: applied.coupon_id = coupon.id
        )[1].apply_till as apply_till,
        list_filter(
            coupon.item_constraints, lambda item: item.item_type = 'plan'
        )[1].constraint as plan_constraint,
        list_filter(
            coupon.item_constraints, lambda item: item.item_type = 'addon'
        )[1].constraint as addon_constraint
    from coupons
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        parent.subscription || '/' || coupon.id as discount_id,
        parent.customer as customer_id,
        parent.subscription as subscription_id,
        case
            when coupon.apply_on = 'each_specified_item'
                and plan_constraint <> 'none' and addon_constraint = 'none'
            then parent.subscription
            when coupon.apply_on = 'each_specified_item'
                and plan_constraint = 'none' and addon_constraint <> 'none'
            then parent.subscription || '/addons'
        end as subscription_item_id,

        -- attributes
        coupon.id as coupon,
        coupon.name as name,
        upper(coupon.currency_code) as currency,

        -- flags
        coupon.duration_type <> 'one_time' as is_recurring,

        -- measures
        case when coupon.discount_type = 'percentage' then coupon.discount_percentage end
            as percent_off,
        case
            when coupon.discount_type = 'fixed_amount'
            then chargebee_amount(coupon.discount_amount, coupon.currency_code)
        end as amount_off,

        -- times
        chargebee_instant(apply_till) as ends_at
    from placed_coupons
)

select * from final
