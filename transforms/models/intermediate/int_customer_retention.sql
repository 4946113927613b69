-- Grain: one row per period that has ended and customer with MRR when it began, or perhaps: it was in a gap.
-- Scope: customer
-- Decisions: "Retention", "Missing loads", "Acquisitions", "Segments are as of then".
with

runs as (
    select *
    from int_recurring_item_run
    where held_as is distinct from 'paused' and not is_within_month
),

periods as (
    select * from int_period
),

rates as (
    select * from int_currency_month
),

run_months as (
    select
        customer_key,
        native_currency,
        plan_name,
        is_before_merge,
        merged_in_month,
        merged_out_month,
        held_as is not null and mrr_amount_native <> 0 as is_gap,
        case when held_as is null then mrr_amount_native else 0 end as mrr_amount_native,
        unnest(range(month_from, month_to)) as measured_in_month
    from runs
),

-- Who has been acquired by the end of the period counts with the one that has it then, from the start.
openings as (
    select
        run_months.customer_key,
        periods.period_type,
        periods.start_month,
        run_months.plan_name,
        run_months.is_gap,
        in_reporting_currency(
            run_months.mrr_amount_native,
            run_months.native_currency,
            rates.constant_rate,
            rates.rate_date
        ) as opening_mrr_amount,
        0 as closing_mrr_amount
    from run_months
    inner join periods on run_months.measured_in_month = periods.start_month - 1
    left join rates
        on run_months.native_currency = rates.native_currency
        and periods.start_month = rates.measured_in_month
    where coalesce(run_months.merged_out_month >= periods.end_month, true)
        and (not run_months.is_before_merge or run_months.merged_in_month < periods.end_month)
),

-- Who had nothing when the period began is not in it, and needs no rate of that time.
opened_periods as (
    select
        customer_key,
        period_type,
        start_month
    from openings
    group by all
),

closings as (
    select
        run_months.customer_key,
        periods.period_type,
        periods.start_month,
        null as plan_name,
        run_months.is_gap,
        0 as opening_mrr_amount,
        in_reporting_currency(
            run_months.mrr_amount_native,
            run_months.native_currency,
            rates.constant_rate,
            rates.rate_date
        ) as closing_mrr_amount
    from run_months
    inner join periods on run_months.measured_in_month = periods.end_month - 1
    inner join opened_periods
        on run_months.customer_key = opened_periods.customer_key
        and periods.period_type = opened_periods.period_type
        and periods.start_month = opened_periods.start_month
    left join rates
        on run_months.native_currency = rates.native_currency
        and periods.start_month = rates.measured_in_month
    where not run_months.is_before_merge
),

sides as (
    select * from openings
    union all
    select * from closings
),

retained_customers as (
    select
        customer_key,
        period_type,
        start_month,
        arg_max(plan_name, (opening_mrr_amount, plan_name)) filter (
            plan_name is not null
        ) as plan_name,
        bool_or(is_gap) as is_gap,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(closing_mrr_amount) as closing_mrr_amount
    from sides
    group by all
    having sum(opening_mrr_amount) > 0 or bool_or(is_gap)
),

cohorts as (
    select * from int_customer_cohort
),

versions as (
    select * from int_customer_version
),

final as (
    select
        -- keys
        retained_customers.customer_key,
        retained_customers.period_type,
        month_day(retained_customers.start_month) as period_start,

        -- attributes
        versions.segment,
        versions.region,
        versions.industry,
        versions.size_band,
        versions.owner_employee_key,
        month_label(month_day(cohorts.cohort_month)) as acquisition_cohort,
        retained_customers.plan_name,

        -- flags
        retained_customers.is_gap,

        -- measures
        cast(retained_customers.opening_mrr_amount as decimal(18, 4)) as opening_mrr_amount,
        cast(retained_customers.closing_mrr_amount as decimal(18, 4)) as closing_mrr_amount
    from retained_customers
    left join cohorts on retained_customers.customer_key = cohorts.customer_key
    left join versions
        on retained_customers.customer_key = versions.customer_key
        and versions.valid_from <= month_day(retained_customers.start_month)
        and month_day(retained_customers.start_month) < versions.valid_to
)

select * from final
