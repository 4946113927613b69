-- In each complete month from its own on a cohort has the customers and the MRR that the month's revenue shows for it.
with

cohort_months as (
    select
        month_label(acquisition_month_start) as acquisition_cohort,
        month_start,
        active_customer_count,
        mrr_amount
    from fct_cohort_retention
),

revenue_months as (
    select
        segment_value as acquisition_cohort,
        month_start,
        customer_count,
        mrr_amount
    from fct_revenue_month
    where segment_dimension = 'acquisition_cohort'
        and is_complete
        and month_label(month_start) >= segment_value
),

final as (
    select
        coalesce(cohort_months.acquisition_cohort, revenue_months.acquisition_cohort)
            as acquisition_cohort,
        coalesce(cohort_months.month_start, revenue_months.month_start) as month_start,
        coalesce(cohort_months.active_customer_count, 0) as active_customer_count,
        coalesce(revenue_months.customer_count, 0) as customer_count,
        coalesce(cohort_months.mrr_amount, 0) as cohort_mrr_amount,
        coalesce(revenue_months.mrr_amount, 0) as mrr_amount
    from cohort_months
    full join revenue_months
        on cohort_months.acquisition_cohort = revenue_months.acquisition_cohort
        and cohort_months.month_start = revenue_months.month_start
    where coalesce(cohort_months.active_customer_count, 0)
        <> coalesce(revenue_months.customer_count, 0)
        or coalesce(cohort_months.mrr_amount, 0) <> coalesce(revenue_months.mrr_amount, 0)
)

select * from final
