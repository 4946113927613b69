-- Grain: one row per piece of work and month it was done in, with the part of its amounts that falls on the month.
-- Scope: company
-- Decisions: "What work costs", "Services margin", "Segments are as of then".
with

identities as (
    select * from int_customer_identity
),

customers as (
    select * from int_customer_folded
),

holders as (
    select *
    from int_customer_holder
    where not is_before_merge
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

-- What was known first also holds before it.
employee_versions as (
    select
        source,
        employee_id,
        case
            when row_number() over (
                partition by source, employee_id order by valid_from
            ) = 1 then timestamp '1900-01-01'
            else local_time(valid_from)
        end as valid_from,
        currency,
        hourly_cost_amount
    from employee
),

-- Work that was not done by as_of, or was deleted before it was done, does not count.
deliveries as (
    select
        source,
        service_delivery_id,
        source || ':' || service_delivery_id as service_delivery_key,
        customer_id,
        coalesce(employee_id, '') as employee_id,
        work_type,
        currency as native_currency,
        is_billable,
        coalesce(hours, 0) as hours,
        hours as stated_hours,
        revenue_amount,
        labor_cost_amount,
        subcontractor_cost_amount,
        travel_cost_amount,
        other_cost_amount,
        start_date,
        cast(start_date as timestamp) as started_at,
        coalesce(end_date, start_date + 1) as end_date,
        least(
            coalesce(end_date, start_date + 1),
            getvariable('as_of'),
            coalesce(cast(local_time(deleted_at) as date), date '9999-12-31')
        ) as counted_to
    from service_delivery
),

rated_deliveries as (
    select
        deliveries.*,
        employee_versions.currency as labor_currency,
        employee_versions.hourly_cost_amount
    from deliveries
    asof left join employee_versions
        on deliveries.source = employee_versions.source
        and deliveries.employee_id = employee_versions.employee_id
        and deliveries.started_at >= employee_versions.valid_from
    where deliveries.counted_to > deliveries.start_date
),

-- Labour that is only known in hours is in the currency of the employee.
costed_deliveries as (
    select
        rated_deliveries.* exclude (labor_currency, labor_cost_amount),
        coalesce(
            rated_deliveries.labor_cost_amount,
            half_even_money(
                cast(rated_deliveries.stated_hours as decimal(18, 4))
                * cast(rated_deliveries.hourly_cost_amount as decimal(18, 4))
            )
        ) as labor_cost_amount,
        case
            when rated_deliveries.labor_cost_amount is null
            then rated_deliveries.labor_currency
            else rated_deliveries.native_currency
        end as labor_currency,
        identities.own_customer_key,
        coalesce(customers.is_test, false) as is_test
    from rated_deliveries
    left join identities
        on rated_deliveries.source = identities.source
        and rated_deliveries.customer_id = identities.customer_id
    left join customers on identities.own_customer_key = customers.customer_key
),

delivery_months as (
    select
        *,
        cast(end_date - start_date as hugeint) as day_count,
        unnest(range(month_number(start_date), month_number(counted_to - 1) + 1))
            as measured_in_month
    from costed_deliveries
    where not is_test
),

counted_months as (
    select
        *,
        greatest(month_day(measured_in_month) - start_date, 0) as day_from,
        least(month_day(measured_in_month + 1), counted_to) - start_date as day_to
    from delivery_months
),

-- A part is what is due by the end of its days less what was due before them, so that parts add up.
parts as (
    select
        source,
        service_delivery_key,
        own_customer_key,
        work_type,
        native_currency,
        labor_currency,
        is_billable,
        measured_in_month,
        measured_in_month = month_number(start_date) as is_first_month,
        labor_cost_amount is null as is_without_labor_cost,
        part_of(hours, day_from, day_to, day_count) as hours,
        part_of(revenue_amount, day_from, day_to, day_count) as revenue_amount_native,
        part_of(coalesce(labor_cost_amount, 0), day_from, day_to, day_count)
            as labor_cost_amount_native,
        part_of(subcontractor_cost_amount, day_from, day_to, day_count)
            as subcontractor_cost_amount_native,
        part_of(travel_cost_amount, day_from, day_to, day_count) as travel_cost_amount_native,
        part_of(other_cost_amount, day_from, day_to, day_count) as other_cost_amount_native
    from counted_months
),

held_parts as (
    select
        parts.*,
        coalesce(holders.customer_key, parts.own_customer_key) as customer_key
    from parts
    left join holders
        on parts.own_customer_key = holders.own_customer_key
        and parts.measured_in_month >= coalesce(holders.merged_in_month, 0)
        and parts.measured_in_month < coalesce(holders.merged_out_month, 1000000)
),

final as (
    select
        -- keys
        held_parts.service_delivery_key,
        held_parts.customer_key,
        cast(held_parts.measured_in_month as integer) as measured_in_month,

        -- attributes
        held_parts.source,
        held_parts.work_type,
        held_parts.native_currency,
        held_parts.labor_currency,
        versions.segment,
        versions.region,
        versions.industry,
        versions.size_band,
        versions.owner_employee_key,
        cohorts.cohort_month,

        -- flags
        held_parts.is_billable,
        held_parts.is_first_month,
        held_parts.is_without_labor_cost,

        -- measures
        held_parts.hours,
        held_parts.revenue_amount_native,
        held_parts.labor_cost_amount_native,
        held_parts.subcontractor_cost_amount_native,
        held_parts.travel_cost_amount_native,
        held_parts.other_cost_amount_native,
        in_reporting_currency(
            held_parts.revenue_amount_native,
            held_parts.native_currency,
            rates.rate,
            rates.rate_date
        ) as revenue_amount,
        in_reporting_currency(
            held_parts.labor_cost_amount_native,
            held_parts.labor_currency,
            labor_rates.rate,
            labor_rates.rate_date
        ) as labor_cost_amount,
        in_reporting_currency(
            held_parts.subcontractor_cost_amount_native,
            held_parts.native_currency,
            rates.rate,
            rates.rate_date
        ) as subcontractor_cost_amount,
        in_reporting_currency(
            held_parts.travel_cost_amount_native,
            held_parts.native_currency,
            rates.rate,
            rates.rate_date
        ) as travel_cost_amount,
        in_reporting_currency(
            held_parts.other_cost_amount_native,
            held_parts.native_currency,
            rates.rate,
            rates.rate_date
        ) as other_cost_amount
    from held_parts
    left join rates
        on held_parts.native_currency = rates.native_currency
        and held_parts.measured_in_month = rates.measured_in_month
    left join rates as labor_rates
        on held_parts.labor_currency = labor_rates.native_currency
        and held_parts.measured_in_month = labor_rates.measured_in_month
    left join cohorts on held_parts.customer_key = cohorts.customer_key
    left join versions
        on held_parts.customer_key = versions.customer_key
        and versions.valid_from <= month_day(held_parts.measured_in_month)
        and month_day(held_parts.measured_in_month) < versions.valid_to
)

select * from final
