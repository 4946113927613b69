-- Grain: one row per customer, month and currency it is billed in, from its first recurring month to the one after its last.
-- Scope: customer
-- Decisions: "Month end", "Segments are as of then".
with

subscription_months as (
    select * from fct_subscription_month
),

cohorts as (
    select * from int_customer_cohort
),

versions as (
    select * from int_customer_version
),

customer_months as (
    select
        customer_key,
        month_start,
        native_currency,
        currency,
        is_complete,
        bool_or(is_past_due) as is_past_due,
        bool_or(is_paused) as is_paused,
        sum(item_count) as item_count,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(gross_mrr_amount) as gross_mrr_amount,
        sum(discount_amount) as discount_amount,
        sum(mrr_amount) as mrr_amount,
        sum(committed_mrr_amount) as committed_mrr_amount,
        sum(paused_mrr_amount) as paused_mrr_amount,
        sum(fx_amount) as fx_amount,
        sum(opening_mrr_amount_native) as opening_mrr_amount_native,
        sum(mrr_amount_native) as mrr_amount_native
    from subscription_months
    group by all
),

final as (
    select
        -- keys
        customer_months.customer_key,
        customer_months.month_start,
        customer_months.native_currency,

        -- attributes
        customer_months.currency,
        coalesce(versions.segment, 'unknown') as segment,
        coalesce(versions.region, 'unknown') as region,
        coalesce(versions.industry, 'unknown') as industry,
        coalesce(versions.size_band, 'unknown') as size_band,
        coalesce(versions.owner_employee_key, 'unknown') as owner_employee_key,
        month_day(cohorts.cohort_month) as acquisition_month_start,

        -- flags
        customer_months.is_complete,
        customer_months.is_past_due,
        customer_months.is_paused,

        -- measures
        cast(customer_months.item_count as bigint) as item_count,
        cast(customer_months.opening_mrr_amount as decimal(18, 4)) as opening_mrr_amount,
        cast(customer_months.gross_mrr_amount as decimal(18, 4)) as gross_mrr_amount,
        cast(customer_months.discount_amount as decimal(18, 4)) as discount_amount,
        cast(customer_months.mrr_amount as decimal(18, 4)) as mrr_amount,
        cast(customer_months.committed_mrr_amount as decimal(18, 4)) as committed_mrr_amount,
        cast(customer_months.paused_mrr_amount as decimal(18, 4)) as paused_mrr_amount,
        cast(customer_months.fx_amount as decimal(18, 4)) as fx_amount,
        cast(customer_months.opening_mrr_amount_native as decimal(18, 4))
            as opening_mrr_amount_native,
        cast(customer_months.mrr_amount_native as decimal(18, 4)) as mrr_amount_native
    from customer_months
    left join cohorts on customer_months.customer_key = cohorts.customer_key
    left join versions
        on customer_months.customer_key = versions.customer_key
        and versions.valid_from <= customer_months.month_start
        and customer_months.month_start < versions.valid_to
)

select * from final
