-- In every dimension, the months of the margins add up to the work that was done and to recurring revenue.
with

dimensions as (
    select 'all' as segment_dimension
    union
    select segment_dimension from fct_services_margin
),

-- A customer that is billed in two currencies is one, also where one of them has nothing but a discount.
paying_customer_months as (
    select
        customer_key,
        month_start,
        sum(mrr_amount) as mrr_amount
    from fct_customer_month
    group by all
    having sum(mrr_amount) > 0
),

sources as (
    select
        month_start as period_start,
        case when margin_type = 'services' then revenue_amount else 0 end
            as services_revenue_amount,
        case when margin_type = 'other' then 0 else cost_amount end as cost_amount,
        0 as subscription_revenue_amount
    from fct_service_delivery_month
    union all
    select
        month_start,
        0,
        0,
        mrr_amount
    from paying_customer_months
),

source_sums as (
    select
        period_start,
        sum(services_revenue_amount) as services_revenue_amount,
        sum(cost_amount) as cost_amount,
        sum(subscription_revenue_amount) as subscription_revenue_amount
    from sources
    group by all
),

expected as (
    select
        dimensions.segment_dimension,
        source_sums.*
    from source_sums
    cross join dimensions
),

published as (
    select
        segment_dimension,
        period_start,
        sum(services_revenue_amount) as services_revenue_amount,
        sum(
            labor_cost_amount
            + subcontractor_cost_amount
            + travel_cost_amount
            + other_cost_amount
            + customer_success_cost_amount
            + subscription_cost_amount
        ) as cost_amount,
        sum(subscription_revenue_amount) as subscription_revenue_amount
    from fct_services_margin
    where period_type = 'month'
    group by all
),

final as (
    select
        coalesce(expected.segment_dimension, published.segment_dimension) as segment_dimension,
        coalesce(expected.period_start, published.period_start) as period_start,
        cast(expected.services_revenue_amount as decimal(18, 4)) as revenue_amount_of_work,
        cast(published.services_revenue_amount as decimal(18, 4)) as revenue_amount,
        cast(expected.cost_amount as decimal(18, 4)) as cost_amount_of_work,
        cast(published.cost_amount as decimal(18, 4)) as cost_amount
    from expected
    full join published
        on expected.segment_dimension = published.segment_dimension
        and expected.period_start = published.period_start
    where expected.services_revenue_amount is distinct from published.services_revenue_amount
        or expected.cost_amount is distinct from published.cost_amount
        or expected.subscription_revenue_amount
        is distinct from published.subscription_revenue_amount
)

select * from final
