-- Grain: one row per customer, all sources folded, those acquired by another included.
-- Scope: customer
-- Decisions: "One customer in several systems", "Acquisitions", "Deleted records", "Persons in the marts",
-- "Who pays".
with

customers as (
    select * from int_customer_folded
),

current_versions as (
    select *
    from int_customer_version
    where valid_from < getvariable('as_of')
    qualify row_number() over (partition by customer_key order by valid_from desc) = 1
),

cohorts as (
    select * from int_customer_cohort
),

-- A customer that is billed in two currencies is one.
customer_months as (
    select
        customer_key,
        month_start,
        sum(mrr_amount) as mrr_amount,
        sum(paused_mrr_amount) as paused_mrr_amount,
        sum(gap_mrr_amount) as gap_mrr_amount
    from fct_customer_month
    group by all
),

customer_revenue as (
    select
        customer_key,
        max(month_start) filter (mrr_amount > 0) as last_paid_month_start,
        sum(mrr_amount) filter (month_start = month_day(last_month())) as mrr_amount,
        sum(paused_mrr_amount) filter (month_start = month_day(last_month()))
            as paused_mrr_amount,
        sum(gap_mrr_amount) filter (month_start = month_day(last_month())) as gap_mrr_amount
    from customer_months
    group by all
),

final as (
    select
        -- keys
        customers.customer_key,
        customers.merged_into_customer_key,

        -- attributes
        case when current_versions.customer_type = 'business' then current_versions.name end
            as name,
        current_versions.customer_type,
        case
            when customers.merged_into_customer_key is not null then 'merged'
            when customer_revenue.mrr_amount > 0 then 'paying'
            when customer_revenue.gap_mrr_amount > 0 then 'gap'
            when customer_revenue.paused_mrr_amount > 0 then 'paused'
            when cohorts.customer_key is not null then 'churned'
            else 'never_paid'
        end as customer_status,
        current_versions.lifecycle_stage,
        coalesce(current_versions.segment, 'unknown') as segment,
        coalesce(current_versions.industry, 'unknown') as industry,
        current_versions.country,
        coalesce(current_versions.region, 'unknown') as region,
        coalesce(current_versions.size_band, 'unknown') as size_band,
        coalesce(current_versions.owner_employee_key, 'unknown') as owner_employee_key,
        current_versions.acquisition_channel,
        current_versions.language,
        current_versions.time_zone,
        customers.match_method,

        -- flags
        customers.is_listed,
        customers.is_test,
        customers.is_ambiguous,
        coalesce(customers.deleted_at < getvariable('as_of'), false) as is_deleted,

        -- measures
        getvariable('reporting_currency') as currency,
        cast(coalesce(customer_revenue.mrr_amount, 0) as decimal(18, 4)) as mrr_amount,
        customers.record_count,
        customers.match_confidence,
        current_versions.employee_count,

        -- times
        month_day(cohorts.cohort_month) as acquisition_month_start,
        month_day(cohorts.first_paid_month) as first_paid_month_start,
        customer_revenue.last_paid_month_start,
        month_day(customers.merged_out_month) as merged_month_start,
        cast(customers.created_at as date) as created_date,
        cast(customers.deleted_at as date) as deleted_date
    from customers
    left join current_versions on customers.customer_key = current_versions.customer_key
    left join cohorts on customers.customer_key = cohorts.customer_key
    left join customer_revenue on customers.customer_key = customer_revenue.customer_key
)

select * from final
