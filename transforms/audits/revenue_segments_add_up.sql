-- The values of each dimension add up to the whole company, in every month and in every period of retention.
with

revenue_sums as (
    select
        'month' as period_type,
        month_start as period_start,
        segment_dimension,
        sum(customer_count) as customer_count,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(mrr_amount) as closing_mrr_amount
    from fct_revenue_month
    group by all
    union all
    select
        'retention ' || period_type,
        period_start,
        segment_dimension,
        sum(customer_count),
        sum(opening_mrr_amount),
        sum(closing_mrr_amount)
    from fct_revenue_retention
    group by all
),

totals as (
    select * from revenue_sums where segment_dimension = 'all'
),

final as (
    select
        totals.period_type,
        totals.period_start,
        revenue_sums.segment_dimension,
        cast(totals.customer_count as bigint) as customer_count,
        cast(revenue_sums.customer_count as bigint) as customer_count_of_segments,
        cast(totals.opening_mrr_amount as decimal(18, 4)) as opening_mrr_amount,
        cast(revenue_sums.opening_mrr_amount as decimal(18, 4)) as opening_mrr_amount_of_segments,
        cast(totals.closing_mrr_amount as decimal(18, 4)) as closing_mrr_amount,
        cast(revenue_sums.closing_mrr_amount as decimal(18, 4)) as closing_mrr_amount_of_segments
    from revenue_sums
    left join totals
        on revenue_sums.period_type = totals.period_type
        and revenue_sums.period_start = totals.period_start
    where totals.customer_count is distinct from revenue_sums.customer_count
        or totals.opening_mrr_amount is distinct from revenue_sums.opening_mrr_amount
        or totals.closing_mrr_amount is distinct from revenue_sums.closing_mrr_amount
)

select * from final
