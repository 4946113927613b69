-- In each month the segments hold all customers that have ever paid, all that pay, and all their MRR.
with

segment_sums as (
    select
        month_start,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(
            sum(customer_count) filter (revenue_stage in ('new', 'established', 'reactivated'))
            as bigint
        ) as paying_customer_count,
        cast(sum(mrr_amount) as decimal(18, 4)) as mrr_amount
    from fct_segment_month
    group by all
),

revenue_months as (
    select * from fct_revenue_month where segment_dimension = 'all'
),

-- Who has never paid may have a discount, which is below 0 and in no segment.
customer_sums as (
    select
        month_start,
        sum(mrr_amount) as mrr_amount
    from fct_customer_month
    where revenue_stage <> 'not_yet'
    group by all
),

arrivals as (
    select
        month_day(first_paid_month) as month_start,
        count(*) as arrived_count
    from int_customer_cohort
    group by all
),

expected_sums as (
    select
        revenue_months.month_start,
        revenue_months.customer_count,
        cast(coalesce(customer_sums.mrr_amount, 0) as decimal(18, 4)) as mrr_amount,
        coalesce(sum(arrivals.arrived_count) over (
            order by revenue_months.month_start rows unbounded preceding
        ), 0) as ever_paid_customer_count
    from revenue_months
    left join arrivals on revenue_months.month_start = arrivals.month_start
    left join customer_sums on revenue_months.month_start = customer_sums.month_start
),

final as (
    select
        expected_sums.month_start,
        cast(expected_sums.ever_paid_customer_count as bigint) as ever_paid_customer_count,
        segment_sums.customer_count as customer_count_of_segments,
        expected_sums.customer_count as paying_customer_count,
        segment_sums.paying_customer_count as paying_customer_count_of_segments,
        expected_sums.mrr_amount,
        segment_sums.mrr_amount as mrr_amount_of_segments
    from expected_sums
    left join segment_sums on expected_sums.month_start = segment_sums.month_start
    where expected_sums.ever_paid_customer_count <> coalesce(segment_sums.customer_count, 0)
        or expected_sums.customer_count <> coalesce(segment_sums.paying_customer_count, 0)
        or expected_sums.mrr_amount <> coalesce(segment_sums.mrr_amount, 0)
)

select * from final
