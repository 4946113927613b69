-- Grain: one row per customer, month, product family and billing currency, from its first month to the one after its last.
-- Scope: customer
-- Decisions: "Month end", "Exchange rates", "Committed MRR", "Missing loads", "Revenue by product family".
with

runs as (
    select *
    from int_recurring_item_run
    where not is_before_merge and not is_within_month
),

rates as (
    select * from int_currency_month
),

-- The months at whose end a run counts, and the one that opens with it.
run_months as (
    select
        customer_key,
        native_currency,
        coalesce(nullif(product_family, ''), 'unknown') as product_family,
        month_from,
        month_to,
        held_as,
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
        and run_months.held_as is null as is_opening,
        run_months.measured_in_month > run_months.month_from
        and run_months.held_as = 'gap' as is_opening_gap,
        run_months.measured_in_month < run_months.month_to as is_held,
        run_months.measured_in_month < run_months.month_to
        and run_months.held_as is null as is_closing,
        in_reporting_currency(
            run_months.mrr_amount_native,
            run_months.native_currency,
            rates.opening_rate,
            rates.rate_date
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

family_months as (
    select
        customer_key,
        measured_in_month,
        product_family,
        native_currency,
        coalesce(bool_or(is_past_due and is_closing), false) as is_past_due,
        coalesce(bool_or(held_as = 'paused' and is_held), false) as is_paused,
        count(*) filter (is_closing) as item_count,
        sum(amount_at_opening_rate) filter (is_opening) as opening_mrr_amount,
        sum(amount_at_opening_rate) filter (is_opening_gap) as opening_gap_mrr_amount,
        sum(gross_amount) filter (is_closing) as gross_mrr_amount,
        sum(amount) filter (is_closing) as mrr_amount,
        sum(amount) filter (is_closing and not is_set_to_end) as committed_mrr_amount,
        sum(amount) filter (held_as = 'paused' and is_held) as paused_mrr_amount,
        sum(amount) filter (held_as = 'gap' and is_held) as gap_mrr_amount,
        sum(amount_at_opening_rate) filter (is_closing) as mrr_at_opening_rate_amount,
        sum(mrr_amount_native) filter (is_opening) as opening_mrr_amount_native,
        sum(gross_mrr_amount_native) filter (is_closing) as gross_mrr_amount_native,
        sum(mrr_amount_native) filter (is_closing) as mrr_amount_native,
        sum(mrr_amount_native) filter (is_closing and not is_set_to_end)
            as committed_mrr_amount_native
    from valued_months
    group by all
),

final as (
    select
        -- keys
        customer_key,
        month_day(measured_in_month) as month_start,
        product_family,
        native_currency,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- flags
        month_day(measured_in_month + 1) <= getvariable('as_of') as is_complete,
        is_past_due,
        is_paused,

        -- measures
        item_count,
        cast(coalesce(opening_mrr_amount, 0) as decimal(18, 4)) as opening_mrr_amount,
        cast(coalesce(opening_gap_mrr_amount, 0) as decimal(18, 4)) as opening_gap_mrr_amount,
        cast(coalesce(gross_mrr_amount, 0) as decimal(18, 4)) as gross_mrr_amount,
        cast(coalesce(gross_mrr_amount - mrr_amount, 0) as decimal(18, 4)) as discount_amount,
        cast(coalesce(mrr_amount, 0) as decimal(18, 4)) as mrr_amount,
        cast(coalesce(committed_mrr_amount, 0) as decimal(18, 4)) as committed_mrr_amount,
        cast(coalesce(paused_mrr_amount, 0) as decimal(18, 4)) as paused_mrr_amount,
        cast(coalesce(gap_mrr_amount, 0) as decimal(18, 4)) as gap_mrr_amount,
        cast(coalesce(mrr_amount - mrr_at_opening_rate_amount, 0) as decimal(18, 4)) as fx_amount,
        cast(coalesce(opening_mrr_amount_native, 0) as decimal(18, 4))
            as opening_mrr_amount_native,
        cast(coalesce(gross_mrr_amount_native, 0) as decimal(18, 4)) as gross_mrr_amount_native,
        cast(coalesce(gross_mrr_amount_native - mrr_amount_native, 0) as decimal(18, 4))
            as discount_amount_native,
        cast(coalesce(mrr_amount_native, 0) as decimal(18, 4)) as mrr_amount_native,
        cast(coalesce(committed_mrr_amount_native, 0) as decimal(18, 4))
            as committed_mrr_amount_native
    from family_months
)

select * from final
