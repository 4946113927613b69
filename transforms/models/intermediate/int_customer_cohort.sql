-- Grain: one row per customer that ever paid.
-- Scope: customer
-- Decisions: "New, late renewal, reactivation".
with

spells as (
    select * from int_customer_spell
),

customers as (
    select * from int_customer_folded
),

paying_customers as (
    select
        customer_key,
        min(began_month) as first_paid_month
    from spells
    group by all
),

final as (
    select
        paying_customers.customer_key,
        cast(paying_customers.first_paid_month as integer) as first_paid_month,
        least(
            cast(paying_customers.first_paid_month as integer),
            month_number(customers.became_customer_at)
        ) as cohort_month
    from paying_customers
    left join customers on paying_customers.customer_key = customers.customer_key
)

select * from final
