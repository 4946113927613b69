-- Grain: one row per customer, month and currency it is billed in, from its first recurring month to the one after its last.
-- Scope: customer
-- Decisions: "Month end", "Segments are as of then", "Value bands and stages".
with

subscription_months as (
    select * from fct_subscription_month
),

cohorts as (
    select * from int_customer_cohort
),

customers as (
    select * from int_customer_folded
),

versions as (
    select * from int_customer_version
),

-- Where the next band begins, the one before ends.
bands as (
    select
        value_band,
        lower_arr_amount,
        coalesce(
            lead(lower_arr_amount) over (order by lower_arr_amount), 99999999999999
        ) as upper_arr_amount
    from value_band
),

-- A customer in all currencies it is billed in.
months as (
    select
        customer_key,
        month_start,
        month_number(month_start) as month_number,
        cast(sum(mrr_amount) as decimal(18, 4)) as mrr_amount,
        sum(paused_mrr_amount) as paused_mrr_amount,
        sum(gap_mrr_amount) as gap_mrr_amount,
        sum(mrr_amount) > 0
        or sum(paused_mrr_amount) > 0
        or sum(gap_mrr_amount) > 0 as is_held
    from subscription_months
    group by customer_key, month_start
),

held_months as (
    select
        *,
        month_number - count(*) filter (is_held) over (
            partition by customer_key order by month_number rows unbounded preceding
        ) as stretch_number
    from months
),

-- Months without a lapse; a pause or a missing load is none.
stretches as (
    select
        *,
        min(month_number) over (
            partition by customer_key, is_held, stretch_number
        ) as stretch_month
    from held_months
),

staged_months as (
    select
        stretches.customer_key,
        stretches.month_start,
        case when stretches.mrr_amount > 0 then bands.value_band else 'none' end as value_band,
        case
            when coalesce(cohorts.first_paid_month > stretches.month_number, true) then 'not_yet'
            when customers.merged_out_month <= stretches.month_number then 'merged'
            when stretches.mrr_amount > 0
            then case
                when stretches.stretch_month > cohorts.first_paid_month
                then case
                    when stretches.month_number - stretches.stretch_month
                        < getvariable('new_customer_months')
                    then 'reactivated'
                    else 'established'
                end
                when stretches.month_number - cohorts.cohort_month
                    < getvariable('new_customer_months')
                then 'new'
                else 'established'
            end
            when stretches.gap_mrr_amount > 0 then 'gap'
            when stretches.paused_mrr_amount > 0 then 'paused'
            else 'churned'
        end as revenue_stage
    from stretches
    left join cohorts on stretches.customer_key = cohorts.customer_key
    left join customers on stretches.customer_key = customers.customer_key
    left join bands
        on stretches.mrr_amount * 12 >= bands.lower_arr_amount
        and stretches.mrr_amount * 12 < bands.upper_arr_amount
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
        sum(opening_gap_mrr_amount) as opening_gap_mrr_amount,
        sum(gross_mrr_amount) as gross_mrr_amount,
        sum(discount_amount) as discount_amount,
        sum(mrr_amount) as mrr_amount,
        sum(committed_mrr_amount) as committed_mrr_amount,
        sum(paused_mrr_amount) as paused_mrr_amount,
        sum(gap_mrr_amount) as gap_mrr_amount,
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
        staged_months.value_band,
        staged_months.revenue_stage,

        -- flags
        customer_months.is_complete,
        customer_months.is_past_due,
        customer_months.is_paused,

        -- measures
        cast(customer_months.item_count as bigint) as item_count,
        cast(customer_months.opening_mrr_amount as decimal(18, 4)) as opening_mrr_amount,
        cast(customer_months.opening_gap_mrr_amount as decimal(18, 4)) as opening_gap_mrr_amount,
        cast(customer_months.gross_mrr_amount as decimal(18, 4)) as gross_mrr_amount,
        cast(customer_months.discount_amount as decimal(18, 4)) as discount_amount,
        cast(customer_months.mrr_amount as decimal(18, 4)) as mrr_amount,
        cast(customer_months.committed_mrr_amount as decimal(18, 4)) as committed_mrr_amount,
        cast(customer_months.paused_mrr_amount as decimal(18, 4)) as paused_mrr_amount,
        cast(customer_months.gap_mrr_amount as decimal(18, 4)) as gap_mrr_amount,
        cast(customer_months.fx_amount as decimal(18, 4)) as fx_amount,
        cast(customer_months.opening_mrr_amount_native as decimal(18, 4))
            as opening_mrr_amount_native,
        cast(customer_months.mrr_amount_native as decimal(18, 4)) as mrr_amount_native
    from customer_months
    left join staged_months
        on customer_months.customer_key = staged_months.customer_key
        and customer_months.month_start = staged_months.month_start
    left join cohorts on customer_months.customer_key = cohorts.customer_key
    left join versions
        on customer_months.customer_key = versions.customer_key
        and versions.valid_from <= customer_months.month_start
        and customer_months.month_start < versions.valid_to
)

select * from final
