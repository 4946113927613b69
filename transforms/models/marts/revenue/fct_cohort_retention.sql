-- Grain: one row per month of acquisition and complete month since.
-- Scope: company
-- Decisions: "Cohorts", "Missing loads", "Acquisitions", "New, late renewal, reactivation".
with

cohorts as (
    select * from int_customer_cohort
),

runs as (
    select *
    from int_recurring_item_run
    where held_as is null and not is_before_merge and not is_within_month
),

rates as (
    select * from int_currency_month
),

holders as (
    select *
    from int_customer_holder
    where not is_before_merge and merged_in_month is not null
),

customer_months as (
    select
        customer_key,
        month_number(month_start) as month_number,
        sum(mrr_amount) as mrr_amount,
        sum(paused_mrr_amount) as paused_mrr_amount,
        sum(gap_mrr_amount) as gap_mrr_amount
    from fct_customer_month
    group by all
),

merged_customers as (
    select
        customer_key,
        min(month_number(month_start)) as merged_month
    from fct_mrr_movement
    where movement_part = 'merged_out'
    group by all
),

-- Paused and missing months are held; the first month that is not ends what is retained.
held_months as (
    select
        customer_months.*,
        cohorts.cohort_month,
        customer_months.month_number - row_number() over (
            partition by customer_months.customer_key order by customer_months.month_number
        ) = cohorts.first_paid_month - 1 as is_retained
    from customer_months
    inner join cohorts
        on customer_months.customer_key = cohorts.customer_key
        and customer_months.month_number >= cohorts.first_paid_month
    where customer_months.mrr_amount > 0
        or customer_months.paused_mrr_amount > 0
        or customer_months.gap_mrr_amount > 0
),

retained_customers as (
    select
        customer_key,
        count(*) as retained_month_count
    from held_months
    where is_retained
    group by all
),

cohort_months as (
    select
        cohort_month,
        month_number,
        count(*) filter (mrr_amount > 0) as active_customer_count,
        count(*) filter (mrr_amount > 0 and not is_retained) as returned_customer_count,
        count(*) filter (not mrr_amount > 0 and gap_mrr_amount = 0) as paused_customer_count,
        count(*) filter (gap_mrr_amount <> 0) as gap_customer_count
    from held_months
    group by all
),

cohort_amounts as (
    select
        cohorts.cohort_month,
        customer_months.month_number,
        sum(customer_months.mrr_amount) as mrr_amount
    from customer_months
    inner join cohorts on customer_months.customer_key = cohorts.customer_key
    group by all
),

-- What an item is worth at the rates at the end of the customer's first paid month, whenever it is worth it.
valued_runs as (
    select
        runs.customer_key,
        cohorts.cohort_month,
        cohorts.first_paid_month,
        runs.month_from,
        runs.month_to,
        runs.merged_in_month,
        in_reporting_currency(
            runs.mrr_amount_native,
            runs.native_currency,
            coalesce(rates.rate, rates.constant_rate),
            rates.rate_date
        ) as constant_mrr_amount
    from runs
    inner join cohorts on runs.customer_key = cohorts.customer_key
    left join rates
        on runs.native_currency = rates.native_currency
        and cohorts.first_paid_month = rates.measured_in_month
),

starting_amounts as (
    select
        customer_key,
        sum(constant_mrr_amount) as starting_mrr_amount
    from valued_runs
    where month_from <= first_paid_month
        and first_paid_month < month_to
        and merged_in_month is null
    group by all
),

cohort_customers as (
    select
        cohorts.customer_key,
        cohorts.cohort_month,
        cohorts.first_paid_month
        + coalesce(retained_customers.retained_month_count, 0) as lapsed_month,
        merged_customers.merged_month,
        coalesce(starting_amounts.starting_mrr_amount, 0) as starting_mrr_amount
    from cohorts
    left join retained_customers on cohorts.customer_key = retained_customers.customer_key
    left join merged_customers on cohorts.customer_key = merged_customers.customer_key
    left join starting_amounts on cohorts.customer_key = starting_amounts.customer_key
),

-- Who was acquired with revenue goes on in the cohort of the one that has it, from hand to hand.
moved_starts as (
    select
        acquiring.cohort_month,
        holders.merged_in_month,
        holders.merged_out_month,
        acquired.starting_mrr_amount
    from holders
    inner join cohort_customers as acquired on holders.own_customer_key = acquired.customer_key
    inner join cohorts as acquiring on holders.customer_key = acquiring.customer_key
    where acquired.merged_month is not null
),

changes as (
    select
        cohort_month,
        cohort_month as month_number,
        1 as customer_change,
        1 as retained_change,
        starting_mrr_amount as starting_change,
        0 as constant_change
    from cohort_customers
    union all
    select
        cohort_month,
        lapsed_month,
        0,
        -1,
        0,
        0
    from cohort_customers
    union all
    select
        cohort_month,
        merged_month,
        -1,
        0,
        -starting_mrr_amount,
        0
    from cohort_customers
    where merged_month is not null
    union all
    select
        cohort_month,
        merged_in_month,
        0,
        0,
        starting_mrr_amount,
        0
    from moved_starts
    union all
    select
        cohort_month,
        merged_out_month,
        0,
        0,
        -starting_mrr_amount,
        0
    from moved_starts
    where merged_out_month is not null
    union all
    select
        cohort_month,
        month_from,
        0,
        0,
        0,
        constant_mrr_amount
    from valued_runs
    union all
    select
        cohort_month,
        month_to,
        0,
        0,
        0,
        -constant_mrr_amount
    from valued_runs
),

month_changes as (
    select
        cohort_month,
        month_number,
        sum(customer_change) as customer_change,
        sum(retained_change) as retained_change,
        sum(starting_change) as starting_change,
        sum(constant_change) as constant_change
    from changes
    group by all
),

first_months as (
    select min(month_from) as first_month from int_recurring_item_run
),

months as (
    select
        cohort_month,
        unnest(
            range(cohort_month, month_number(getvariable('as_of')))
        ) as month_number
    from cohorts
    group by cohort_month
),

running_months as (
    select
        months.cohort_month,
        months.month_number,
        sum(month_changes.customer_change) over cohort_so_far as customer_count,
        sum(month_changes.retained_change) over cohort_so_far as retained_customer_count,
        sum(month_changes.starting_change) over cohort_so_far as starting_mrr_amount,
        sum(month_changes.constant_change) over cohort_so_far as constant_mrr_amount
    from months
    left join month_changes
        on months.cohort_month = month_changes.cohort_month
        and months.month_number = month_changes.month_number
    window cohort_so_far as (
        partition by months.cohort_month
        order by months.month_number
        rows unbounded preceding
    )
),

final as (
    select
        -- keys
        month_day(running_months.cohort_month) as acquisition_month_start,
        cast(running_months.month_number - running_months.cohort_month as bigint) as months_since,

        -- attributes
        month_day(running_months.month_number) as month_start,
        getvariable('reporting_currency') as currency,

        -- flags
        running_months.cohort_month >= first_months.first_month as is_observed_from_start,

        -- measures
        cast(running_months.customer_count as bigint) as customer_count,
        cast(running_months.retained_customer_count as bigint) as retained_customer_count,
        coalesce(cohort_months.active_customer_count, 0) as active_customer_count,
        coalesce(cohort_months.returned_customer_count, 0) as returned_customer_count,
        coalesce(cohort_months.paused_customer_count, 0) as paused_customer_count,
        coalesce(cohort_months.gap_customer_count, 0) as gap_customer_count,
        cast(running_months.starting_mrr_amount as decimal(18, 4)) as starting_mrr_amount,
        cast(running_months.constant_mrr_amount as decimal(18, 4)) as constant_mrr_amount,
        cast(coalesce(cohort_amounts.mrr_amount, 0) as decimal(18, 4)) as mrr_amount,
        case
            when coalesce(cohort_months.gap_customer_count, 0) = 0
            then cast(running_months.retained_customer_count as double)
                / nullif(running_months.customer_count, 0)
        end as logo_retention_rate,
        case
            when coalesce(cohort_months.gap_customer_count, 0) = 0
            then cast(coalesce(cohort_months.active_customer_count, 0) as double)
                / nullif(running_months.customer_count, 0)
        end as active_logo_rate,
        case
            when coalesce(cohort_months.gap_customer_count, 0) = 0
            then cast(running_months.constant_mrr_amount as double)
                / nullif(cast(running_months.starting_mrr_amount as double), 0)
        end as net_revenue_retention_rate
    from running_months
    cross join first_months -- one row
    left join cohort_months
        on running_months.cohort_month = cohort_months.cohort_month
        and running_months.month_number = cohort_months.month_number
    left join cohort_amounts
        on running_months.cohort_month = cohort_amounts.cohort_month
        and running_months.month_number = cohort_amounts.month_number
    where running_months.month_number >= first_months.first_month
)

select * from final
