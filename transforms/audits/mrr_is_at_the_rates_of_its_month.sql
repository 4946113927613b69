-- MRR is the amounts billed at the published rates, each item rounded once: so no further from the product of the sum
-- than half a ten-thousandth an item.
with

customer_months as (
    select * from fct_customer_month
),

rates as (
    select * from dim_currency_rate
),

valued_months as (
    select
        customer_months.customer_key,
        customer_months.month_start,
        customer_months.native_currency,
        customer_months.item_count,
        customer_months.mrr_amount,
        customer_months.mrr_amount_native,
        rates.rate,
        customer_months.mrr_amount
        - cast(customer_months.mrr_amount_native as decimal(20, 4)) * rates.rate as difference
    from customer_months
    left join rates
        on customer_months.native_currency = rates.native_currency
        and customer_months.month_start = rates.month_start
),

final as (
    select
        customer_key,
        month_start,
        native_currency,
        mrr_amount,
        mrr_amount_native,
        rate
    from valued_months
    where mrr_amount_native <> 0
        and coalesce(abs(difference) > item_count * cast(0.00005 as decimal(5, 5)), true)
)

select * from final
