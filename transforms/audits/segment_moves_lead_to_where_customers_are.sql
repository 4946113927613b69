-- Moves, added up since the beginning, leave in each segment the customers that are there at each month's end.
with

customer_counts as (
    select
        month_start,
        value_band,
        revenue_stage,
        count(distinct customer_key) as customer_count
    from fct_customer_month
    where revenue_stage in ('new', 'established', 'reactivated', 'paused', 'gap')
    group by all
),

segment_counts as (
    select
        month_start,
        value_band,
        revenue_stage,
        customer_count
    from fct_segment_month
    where revenue_stage in ('new', 'established', 'reactivated', 'paused', 'gap')
),

final as (
    select
        coalesce(customer_counts.month_start, segment_counts.month_start) as month_start,
        coalesce(customer_counts.value_band, segment_counts.value_band) as value_band,
        coalesce(customer_counts.revenue_stage, segment_counts.revenue_stage) as revenue_stage,
        coalesce(customer_counts.customer_count, 0) as customer_count,
        coalesce(segment_counts.customer_count, 0) as customer_count_by_moves
    from customer_counts
    full join segment_counts
        on customer_counts.month_start = segment_counts.month_start
        and customer_counts.value_band = segment_counts.value_band
        and customer_counts.revenue_stage = segment_counts.revenue_stage
    where coalesce(customer_counts.customer_count, 0)
        <> coalesce(segment_counts.customer_count, 0)
)

select * from final
