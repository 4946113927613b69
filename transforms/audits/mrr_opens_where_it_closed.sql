-- A customer's MRR in a billing currency opens a month at what it was when the month before closed.
with

closings as (
    select
        customer_key,
        native_currency,
        month_number(month_start) + 1 as month_number,
        mrr_amount as closing_mrr_amount
    from fct_customer_month
    where month_number(month_start) < last_month()
),

openings as (
    select
        customer_key,
        native_currency,
        month_number(month_start) as month_number,
        opening_mrr_amount
    from fct_customer_month
),

final as (
    select
        coalesce(closings.customer_key, openings.customer_key) as customer_key,
        coalesce(closings.native_currency, openings.native_currency) as native_currency,
        month_day(coalesce(closings.month_number, openings.month_number)) as month_start,
        coalesce(closings.closing_mrr_amount, 0) as closing_mrr_amount_before,
        coalesce(openings.opening_mrr_amount, 0) as opening_mrr_amount
    from closings
    full join openings
        on closings.customer_key = openings.customer_key
        and closings.native_currency = openings.native_currency
        and closings.month_number = openings.month_number
    where coalesce(closings.closing_mrr_amount, 0) <> coalesce(openings.opening_mrr_amount, 0)
)

select * from final
