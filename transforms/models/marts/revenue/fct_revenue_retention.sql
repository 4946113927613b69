-- Grain: one row per complete period, segment dimension and segment.
-- Scope: company
-- Decisions: "Retention", "Missing loads", "Segments are as of then".
with

periods as (
    select * from int_period
),

retained_customers as (
    select * from int_customer_retention
),

segment_sums as (
    select
        period_type,
        period_start,
        case
            when grouping(segment) = 0 then 'segment'
            when grouping(region) = 0 then 'region'
            when grouping(industry) = 0 then 'industry'
            when grouping(size_band) = 0 then 'size_band'
            when grouping(owner_employee_key) = 0 then 'owner'
            when grouping(acquisition_cohort) = 0 then 'acquisition_cohort'
            when grouping(plan_name) = 0 then 'plan'
            else 'all'
        end as segment_dimension,
        coalesce(
            segment,
            region,
            industry,
            size_band,
            owner_employee_key,
            acquisition_cohort,
            plan_name,
            'unknown'
        ) as segment_value,
        count(*) filter (not is_gap) as customer_count,
        count(*) filter (not is_gap and closing_mrr_amount > 0) as retained_customer_count,
        count(*) filter (is_gap) as gap_customer_count,
        sum(opening_mrr_amount) filter (not is_gap) as opening_mrr_amount,
        sum(closing_mrr_amount) filter (not is_gap) as closing_mrr_amount,
        sum(least(opening_mrr_amount, closing_mrr_amount)) filter (not is_gap)
            as retained_mrr_amount
    from retained_customers
    group by grouping sets (
        (period_type, period_start),
        (period_type, period_start, segment),
        (period_type, period_start, region),
        (period_type, period_start, industry),
        (period_type, period_start, size_band),
        (period_type, period_start, owner_employee_key),
        (period_type, period_start, acquisition_cohort),
        (period_type, period_start, plan_name)
    )
),

-- A period without customers has its row as well, with rates that are null.
empty_periods as (
    select
        periods.period_type,
        periods.period_start,
        'all' as segment_dimension,
        0 as customer_count,
        0 as retained_customer_count,
        0 as gap_customer_count,
        0 as opening_mrr_amount,
        0 as closing_mrr_amount,
        0 as retained_mrr_amount
    from periods
    anti join retained_customers
        on periods.period_type = retained_customers.period_type
        and periods.period_start = retained_customers.period_start
),

sums as (
    select * from segment_sums
    union all by name
    select * from empty_periods
),

-- What is not known of some customers is not known of the sum.
known_sums as (
    select
        sums.*,
        periods.period_end,
        case when sums.gap_customer_count = 0 then sums.customer_count end as cohort_count,
        case
            when sums.gap_customer_count = 0 then cast(sums.opening_mrr_amount as double)
        end as cohort_mrr
    from sums
    left join periods
        on sums.period_type = periods.period_type and sums.period_start = periods.period_start
),

final as (
    select
        -- keys
        period_type,
        period_start,
        period_end,
        segment_dimension,
        case when segment_dimension = 'all' then 'all' else segment_value end as segment_value,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- measures
        cast(customer_count as bigint) as customer_count,
        cast(retained_customer_count as bigint) as retained_customer_count,
        cast(gap_customer_count as bigint) as gap_customer_count,
        cast(coalesce(opening_mrr_amount, 0) as decimal(18, 4)) as opening_mrr_amount,
        cast(coalesce(closing_mrr_amount, 0) as decimal(18, 4)) as closing_mrr_amount,
        cast(coalesce(retained_mrr_amount, 0) as decimal(18, 4)) as retained_mrr_amount,
        cast(closing_mrr_amount as double) / nullif(cohort_mrr, 0) as net_revenue_retention_rate,
        cast(retained_mrr_amount as double) / nullif(cohort_mrr, 0)
            as gross_revenue_retention_rate,
        cast(retained_customer_count as double) / nullif(cohort_count, 0) as logo_retention_rate,
        cast(customer_count - retained_customer_count as double) / nullif(cohort_count, 0)
            as logo_churn_rate,
        cast(opening_mrr_amount - retained_mrr_amount as double) / nullif(cohort_mrr, 0)
            as gross_revenue_churn_rate,
        cast(opening_mrr_amount - closing_mrr_amount as double) / nullif(cohort_mrr, 0)
            as net_revenue_churn_rate
    from known_sums
)

select * from final
