-- Grain: one row per recurring discount, subscription item it lowers, and customer that has the item.
-- Scope: company
-- Decisions: "Discounts", "Which discounts count". Instants are on the clock of the reporting time zone.
with

items as (
    select
        customer_key,
        item_key,
        source,
        subscription_item_id,
        subscription_id,
        customer_id,
        native_currency
    from int_subscription_item_segment
    where exclusion_reason is null
    group by all
),

discounts as (
    select
        source,
        source || ':' || discount_id as discount_key,
        customer_id,
        subscription_id,
        subscription_item_id,
        currency,
        percent_off,
        amount_off,
        coalesce(local_time(starts_at), timestamp '1900-01-01') as from_at,
        least(
            coalesce(local_time(ends_at), timestamp '9999-12-31'),
            coalesce(local_time(deleted_at), timestamp '9999-12-31')
        ) as to_at
    from discount
    where is_recurring
        and case getvariable('discount_policy')
            when 'all' then true
            when 'lasting' then ends_at is null
            else false
        end
),

discounted_items as (
    select items.*, discounts.* exclude (source, customer_id, subscription_id, subscription_item_id)
    from discounts
    inner join items
        on discounts.source = items.source
        and discounts.subscription_item_id = items.subscription_item_id
    union all
    select items.*, discounts.* exclude (source, customer_id, subscription_id, subscription_item_id)
    from discounts
    inner join items
        on discounts.source = items.source and discounts.subscription_id = items.subscription_id
    where discounts.subscription_item_id is null
    union all
    select items.*, discounts.* exclude (source, customer_id, subscription_id, subscription_item_id)
    from discounts
    inner join items
        on discounts.source = items.source and discounts.customer_id = items.customer_id
    where discounts.subscription_item_id is null and discounts.subscription_id is null
),

final as (
    select
        customer_key,
        item_key,
        discount_key,
        native_currency,
        measured_month(from_at) as month_from,
        measured_month(to_at) as month_to,
        coalesce(percent_off, 0) as percent_off,
        coalesce(amount_off, 0) as amount_off,
        from_at,
        to_at
    from discounted_items
    where from_at < to_at and (amount_off is null or currency = native_currency)
)

select * from final
