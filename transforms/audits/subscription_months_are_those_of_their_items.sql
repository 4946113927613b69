-- What the items and lines of a product family add up to is a customer's MRR in it at the last instant before as_of.
with

items as (
    select * from fct_revenue_item
),

products as (
    select * from dim_product
),

sides as (
    select
        items.customer_key,
        coalesce(products.product_family, 'unknown') as product_family,
        items.native_currency,
        items.mrr_amount_native as item_amount,
        0 as subscription_amount
    from items
    left join products on items.product_key = products.product_key
    union all
    select
        customer_key,
        product_family,
        native_currency,
        0,
        mrr_amount_native
    from fct_subscription_month
    where month_start = month_day(last_month())
),

final as (
    select
        customer_key,
        product_family,
        native_currency,
        cast(sum(item_amount) as decimal(18, 4)) as item_amount,
        cast(sum(subscription_amount) as decimal(18, 4)) as subscription_amount
    from sides
    group by all
    having sum(item_amount) <> sum(subscription_amount)
)

select * from final
