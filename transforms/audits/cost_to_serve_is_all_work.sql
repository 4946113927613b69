-- What work cost for customers is in their lifetime values, and MRR in them is that of the customers.
with

sides as (
    select
        customer_key,
        cost_amount as work_cost_amount,
        0 as published_cost_amount,
        0 as mrr_amount,
        0 as published_mrr_amount
    from fct_service_delivery_month
    where customer_key is not null
    union all
    select
        customer_key,
        0,
        0,
        mrr_amount,
        0
    from dim_customer
    union all
    select
        customer_key,
        0,
        work_cost_amount,
        0,
        mrr_amount
    from fct_customer_lifetime_value
),

final as (
    select
        customer_key,
        cast(sum(work_cost_amount) as decimal(18, 4)) as work_cost_amount,
        cast(sum(published_cost_amount) as decimal(18, 4)) as published_cost_amount,
        cast(sum(mrr_amount) as decimal(18, 4)) as mrr_amount,
        cast(sum(published_mrr_amount) as decimal(18, 4)) as published_mrr_amount
    from sides
    group by all
    having sum(work_cost_amount) <> sum(published_cost_amount)
        or sum(mrr_amount) <> sum(published_mrr_amount)
)

select * from final
