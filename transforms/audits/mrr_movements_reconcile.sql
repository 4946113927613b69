-- Of each customer, month and billing currency, opening MRR and all movements make closing MRR, to the last digit.
with

customer_months as (
    select * from fct_customer_month
),

movement_sums as (
    select
        customer_key,
        month_start,
        native_currency,
        sum(movement_amount) as movement_amount,
        sum(movement_amount_native) as movement_amount_native
    from fct_mrr_movement
    group by all
),

final as (
    select
        coalesce(customer_months.customer_key, movement_sums.customer_key) as customer_key,
        coalesce(customer_months.month_start, movement_sums.month_start) as month_start,
        coalesce(customer_months.native_currency, movement_sums.native_currency)
            as native_currency,
        coalesce(customer_months.opening_mrr_amount, 0) as opening_mrr_amount,
        coalesce(movement_sums.movement_amount, 0) as movement_amount,
        coalesce(customer_months.mrr_amount, 0) as closing_mrr_amount,
        coalesce(customer_months.opening_mrr_amount_native, 0) as opening_mrr_amount_native,
        coalesce(movement_sums.movement_amount_native, 0) as movement_amount_native,
        coalesce(customer_months.mrr_amount_native, 0) as closing_mrr_amount_native
    from customer_months
    full join movement_sums
        on customer_months.customer_key = movement_sums.customer_key
        and customer_months.month_start = movement_sums.month_start
        and customer_months.native_currency = movement_sums.native_currency
    where coalesce(customer_months.opening_mrr_amount, 0)
        + coalesce(movement_sums.movement_amount, 0)
        <> coalesce(customer_months.mrr_amount, 0)
        or coalesce(customer_months.opening_mrr_amount_native, 0)
        + coalesce(movement_sums.movement_amount_native, 0)
        <> coalesce(customer_months.mrr_amount_native, 0)
)

select * from final
