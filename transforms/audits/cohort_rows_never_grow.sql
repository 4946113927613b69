-- From month to month a cohort has no more customers, and no more retained ones, than before.
with

cohort_months as (
    select
        acquisition_month_start,
        months_since,
        customer_count,
        retained_customer_count,
        lag(customer_count) over earlier_months as customer_count_before,
        lag(retained_customer_count) over earlier_months as retained_customer_count_before
    from fct_cohort_retention
    window earlier_months as (partition by acquisition_month_start order by months_since)
),

final as (
    select
        acquisition_month_start,
        months_since,
        customer_count_before,
        customer_count,
        retained_customer_count_before,
        retained_customer_count
    from cohort_months
    where customer_count > customer_count_before
        or retained_customer_count > retained_customer_count_before
)

select * from final
