-- Grain: one row per customer, month and currency it is billed in, from its first recurring month to the one after its last.
-- Scope: customer
-- Decisions: "Month end", "Exchange rates", "Committed MRR", "Segments are as of then".
with

runs as (
    select *
    from int_recurring_item_run
    where not is_before_merge and not is_within_month
),

rates as (
    select * from int_currency_month
),

cohorts as (
    select * from int_customer_cohort
),

versions as (
    select * from int_customer_version
),

-- The months at whose end a run counts, and the one that opens with it.
run_months as (
    select
        customer_key,
        native_currency,
        month_from,
        month_to,
        is_paused,
        is_past_due,
        is_set_to_end,
        gross_mrr_amount_native,
        mrr_amount_native,
        unnest(range(month_from, least(month_to, last_month()) + 1)) as measured_in_month
    from runs
),

valued_months as (
    select
        run_months.*,
        run_months.measured_in_month > run_months.month_from
        and not run_months.is_paused as is_opening,
        run_months.measured_in_month < run_months.month_to as is_held,
        run_months.measured_in_month < run_months.month_to
        and not run_months.is_paused as is_closing,
        in_reporting_currency(
            run_months.mrr_amount_native,
            run_months.native_currency,
            rates.opening_rate,
            rates.opening_rate_date
        ) as amount_at_opening_rate,
        in_reporting_currency(
            run_months.mrr_amount_native, run_months.native_currency, rates.rate, rates.rate_date
        ) as amount,
        in_reporting_currency(
            run_months.gross_mrr_amount_native,
            run_months.native_currency,
            rates.rate,
            rates.rate_date
        ) as gross_amount
    from run_months
    left join rates
        on run_months.native_currency = rates.native_currency
        and run_months.measured_in_month = rates.measured_in_month
),

customer_months as (
    select
        customer_key,
        measured_in_month,
        native_currency,
        coalesce(bool_or(is_past_due and is_closing), false) as is_past_due,
        coalesce(bool_or(is_paused and is_held), false) as is_paused,
        count(*) filter (is_closing) as item_count,
        sum(amount_at_opening_rate) filter (is_opening) as opening_mrr_amount,
        sum(gross_amount) filter (is_closing) as gross_mrr_amount,
        sum(amount) filter (is_closing) as mrr_amount,
        sum(amount) filter (is_closing and not is_set_to_end) as committed_mrr_amount,
        sum(amount) filter (is_paused and is_held) as paused_mrr_amount,
        sum(amount_at_opening_rate) filter (is_closing) as mrr_at_opening_rate_amount,
        sum(mrr_amount_native) filter (is_opening) as opening_mrr_amount_native,
        sum(mrr_amount_native) filter (is_closing) as mrr_amount_native
    from valued_months
    group by all
),

final as (
    select
        -- keys
        customer_months.customer_key,
        month_day(customer_months.measured_in_month) as month_start,
        customer_months.native_currency,

        -- attributes
        getvariable('reporting_currency') as currency,
        coalesce(versions.segment, 'unknown') as segment,
        coalesce(versions.region, 'unknown') as region,
        coalesce(versions.industry, 'unknown') as industry,
        coalesce(versions.size_band, 'unknown') as size_band,
        coalesce(versions.owner_employee_key, 'unknown') as owner_employee_key,
        month_day(cohorts.cohort_month) as acquisition_month_start,

        -- flags
        month_day(customer_months.measured_in_month + 1) <= getvariable('as_of') as is_complete,
        customer_months.is_past_due,
        customer_months.is_paused,

        -- measures
        customer_months.item_count,
        cast(coalesce(customer_months.opening_mrr_amount, 0) as decimal(18, 4))
            as opening_mrr_amount,
        cast(coalesce(customer_months.gross_mrr_amount, 0) as decimal(18, 4)) as gross_mrr_amount,
        cast(
            coalesce(customer_months.gross_mrr_amount - customer_months.mrr_amount, 0)
            as decimal(18, 4)
        ) as discount_amount,
        cast(coalesce(customer_months.mrr_amount, 0) as decimal(18, 4)) as mrr_amount,
        cast(coalesce(customer_months.committed_mrr_amount, 0) as decimal(18, 4))
            as committed_mrr_amount,
        cast(coalesce(customer_months.paused_mrr_amount, 0) as decimal(18, 4))
            as paused_mrr_amount,
        cast(
            coalesce(
                customer_months.mrr_amount - customer_months.mrr_at_opening_rate_amount, 0
            ) as decimal(18, 4)
        ) as fx_amount,
        cast(coalesce(customer_months.opening_mrr_amount_native, 0) as decimal(18, 4))
            as opening_mrr_amount_native,
        cast(coalesce(customer_months.mrr_amount_native, 0) as decimal(18, 4))
            as mrr_amount_native
    from customer_months
    left join cohorts on customer_months.customer_key = cohorts.customer_key
    left join versions
        on customer_months.customer_key = versions.customer_key
        and versions.valid_from <= month_day(customer_months.measured_in_month)
        and month_day(customer_months.measured_in_month) < versions.valid_to
)

select * from final
