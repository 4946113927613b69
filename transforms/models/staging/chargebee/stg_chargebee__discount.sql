-- Grain: one row per discount of a subscription that is no coupon, and reading of it.
-- Scope: company
with

subscriptions as (
    select origin, chargebee_subscription(payload -> '$.subscription') as subscription
    from raw.chargebee__subscription
),

priced_subscriptions as (
    select *, chargebee_amounts(subscription) as amounts
    from subscriptions
),

discounts as (
    select origin, subscription, amounts, unnest(subscription.discounts) as discount
    from priced_subscriptions
),

placed_discounts as (
    select
        origin,
        subscription,
        discount,
        case
            when discount.apply_on = 'specific_item_price'
            then list_filter(
                amounts, lambda priced: priced.item_price_id = discount.item_price_id
            )[1]
        end as priced
    from discounts
),

-- A percentage of one add-on is an amount of all of them.
judged_discounts as (
    select
        *,
        coalesce(
            discount.type = 'percentage'
            and priced.item_type = 'addon'
            and priced.charge_type = 'recurring',
            false
        ) as is_part_of_addons
    from placed_discounts
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        discount.id as discount_id,
        subscription.customer_id as customer_id,
        subscription.id as subscription_id,
        case
            when discount.apply_on = 'specific_item_price'
            then coalesce(priced.item_id, subscription.id || '/' || discount.item_price_id)
        end as subscription_item_id,

        -- attributes
        discount.coupon_id as coupon,
        discount.invoice_name as name,
        upper(coalesce(discount.currency_code, subscription.currency_code)) as currency,

        -- flags
        discount.duration_type <> 'one_time' as is_recurring,

        -- measures
        discount.index + 1 as apply_order,
        case
            when discount.type = 'percentage' and not is_part_of_addons then discount.percentage
        end as percent_off,
        case
            when discount.type = 'fixed_amount'
            then chargebee_amount(
                discount.amount, coalesce(discount.currency_code, subscription.currency_code)
            )
            when is_part_of_addons
            then try_cast(
                chargebee_whole(priced)
                * priced.periods
                * try_cast(discount.percentage as double)
                / 100
                as decimal(18, 4)
            )
        end as amount_off,

        -- times
        chargebee_instant(discount.created_at) as starts_at,
        chargebee_instant(discount.apply_till) as ends_at
    from judged_discounts
)

select * from final
