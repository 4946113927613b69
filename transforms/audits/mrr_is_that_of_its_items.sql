-- What a customer's items and lines add up to is its MRR in that currency at the last instant before as_of.
with

sides as (
    select
        customer_key,
        native_currency,
        mrr_amount_native as item_amount,
        0 as customer_amount
    from fct_revenue_item
    union all
    select
        customer_key,
        native_currency,
        0,
        mrr_amount_native
    from fct_customer_month
    where month_start = month_day(last_month())
),

final as (
    select
        customer_key,
        native_currency,
        cast(sum(item_amount) as decimal(18, 4)) as item_amount,
        cast(sum(customer_amount) as decimal(18, 4)) as customer_amount
    from sides
    group by all
    having sum(item_amount) <> sum(customer_amount)
)

select * from final
