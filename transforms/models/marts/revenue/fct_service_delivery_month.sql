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
        source || ':' || project_id as project_key,
        source || ':' || employee_id as employee_key,
        source || ':' || product_id as product_key,
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
        service_delivery_key,
        source,
        service_delivery_id,
        project_key,
        employee_key,
        product_key,
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

valued_parts as (
    select
        held_parts.*,
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
),

-- Work for no single customer is in a segment of its own, unassigned.
segmented_parts as (
    select
        valued_parts.*,
        case when valued_parts.customer_key is null then 'unassigned' else 'unknown' end
            as other_segment,
        versions.segment,
        versions.region,
        versions.industry,
        versions.size_band,
        versions.owner_employee_key,
        cohorts.cohort_month
    from valued_parts
    left join cohorts on valued_parts.customer_key = cohorts.customer_key
    left join versions
        on valued_parts.customer_key = versions.customer_key
        and versions.valid_from <= month_day(valued_parts.measured_in_month)
        and month_day(valued_parts.measured_in_month) < versions.valid_to
),

final as (
    select
        -- keys
        service_delivery_key,
        month_day(measured_in_month) as month_start,
        customer_key,
        source,
        service_delivery_id,
        project_key,
        employee_key,
        product_key,

        -- attributes
        work_type,
        case
            when work_type in (
                'professional_services', 'training', 'onboarding', 'managed_services'
            ) then 'services'
            when work_type = 'customer_success' then 'customer_success'
            when work_type in ('subscription', 'support') then 'subscription'
            else 'other'
        end as margin_type,
        native_currency,
        labor_currency,
        getvariable('reporting_currency') as currency,
        coalesce(segment, other_segment) as segment,
        coalesce(region, other_segment) as region,
        coalesce(industry, other_segment) as industry,
        coalesce(size_band, other_segment) as size_band,
        coalesce(owner_employee_key, other_segment) as owner_employee_key,

        -- flags
        is_billable,
        is_first_month,
        is_without_labor_cost,

        -- measures
        hours,
        revenue_amount_native,
        labor_cost_amount_native,
        subcontractor_cost_amount_native,
        travel_cost_amount_native,
        other_cost_amount_native,
        cast(revenue_amount as decimal(18, 4)) as revenue_amount,
        cast(labor_cost_amount as decimal(18, 4)) as labor_cost_amount,
        cast(subcontractor_cost_amount as decimal(18, 4)) as subcontractor_cost_amount,
        cast(travel_cost_amount as decimal(18, 4)) as travel_cost_amount,
        cast(other_cost_amount as decimal(18, 4)) as other_cost_amount,
        cast(
            labor_cost_amount
            + subcontractor_cost_amount
            + travel_cost_amount
            + other_cost_amount as decimal(18, 4)
        ) as cost_amount,

        -- times
        month_day(cohort_month) as acquisition_month_start
    from segmented_parts
)

select * from final
