-- Grain: one row per period, segment dimension and segment.
-- Scope: company
-- Decisions: "Services margin", "What work costs", "Segments are as of then", "Who pays".
with

deliveries as (
    select
        *,
        month_number(month_start) as measured_in_month,
        coalesce(
            month_label(acquisition_month_start),
            case when customer_key is null then 'unassigned' else 'unknown' end
        ) as acquisition_cohort
    from fct_service_delivery_month
),

work_sums as (
    select
        measured_in_month,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        acquisition_cohort,
        count(*) filter (margin_type = 'services' and is_first_month) as delivery_count,
        count(*) filter (
            margin_type = 'services' and is_first_month and is_without_labor_cost
        ) as uncosted_delivery_count,
        sum(revenue_amount) filter (margin_type = 'services') as services_revenue_amount,
        sum(labor_cost_amount) filter (margin_type = 'services') as labor_cost_amount,
        sum(subcontractor_cost_amount) filter (margin_type = 'services')
            as subcontractor_cost_amount,
        sum(travel_cost_amount) filter (margin_type = 'services') as travel_cost_amount,
        sum(other_cost_amount) filter (margin_type = 'services') as other_cost_amount,
        sum(cost_amount) filter (margin_type = 'customer_success')
            as customer_success_cost_amount,
        sum(cost_amount) filter (margin_type = 'subscription') as subscription_cost_amount,
        0 as customer_month_count,
        0 as subscription_revenue_amount
    from deliveries
    group by all
),

-- A customer that is billed in two currencies is one.
customer_months as (
    select
        customer_key,
        month_number(month_start) as measured_in_month,
        min(segment) as segment,
        min(region) as region,
        min(industry) as industry,
        min(size_band) as size_band,
        min(owner_employee_key) as owner_employee_key,
        coalesce(month_label(min(acquisition_month_start)), 'unknown')
            as acquisition_cohort,
        sum(mrr_amount) as mrr_amount
    from fct_customer_month
    group by customer_key, month_start
    having sum(mrr_amount) > 0
),

revenue_sums as (
    select
        measured_in_month,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        acquisition_cohort,
        count(*) as customer_month_count,
        sum(mrr_amount) as subscription_revenue_amount
    from customer_months
    group by all
),

month_sums as (
    select * from work_sums
    union all by name
    select * from revenue_sums
),

segment_months as (
    select
        measured_in_month,
        case
            when grouping(segment) = 0 then 'segment'
            when grouping(region) = 0 then 'region'
            when grouping(industry) = 0 then 'industry'
            when grouping(size_band) = 0 then 'size_band'
            when grouping(owner_employee_key) = 0 then 'owner'
            when grouping(acquisition_cohort) = 0 then 'acquisition_cohort'
            else 'all'
        end as segment_dimension,
        coalesce(
            segment, region, industry, size_band, owner_employee_key, acquisition_cohort, 'all'
        ) as segment_value,
        sum(delivery_count) as delivery_count,
        sum(uncosted_delivery_count) as uncosted_delivery_count,
        sum(services_revenue_amount) as services_revenue_amount,
        sum(labor_cost_amount) as labor_cost_amount,
        sum(subcontractor_cost_amount) as subcontractor_cost_amount,
        sum(travel_cost_amount) as travel_cost_amount,
        sum(other_cost_amount) as other_cost_amount,
        sum(customer_success_cost_amount) as customer_success_cost_amount,
        sum(subscription_cost_amount) as subscription_cost_amount,
        sum(customer_month_count) as customer_month_count,
        sum(subscription_revenue_amount) as subscription_revenue_amount
    from month_sums
    group by grouping sets (
        (measured_in_month),
        (measured_in_month, segment),
        (measured_in_month, region),
        (measured_in_month, industry),
        (measured_in_month, size_band),
        (measured_in_month, owner_employee_key),
        (measured_in_month, acquisition_cohort)
    )
),

bounds as (
    select min(measured_in_month) as first_month from segment_months
),

months as (
    select
        first_month,
        unnest(range(first_month, last_month() + 1)) as month_number
    from bounds
),

month_periods as (
    select
        first_month,
        unnest(periods_of(month_number), recursive := true)
    from months
),

-- Twelve months are listed where there are twelve months of data.
periods as (
    select
        period_type,
        start_month,
        end_month
    from month_periods
    where period_type <> 'trailing_12_months' or start_month >= first_month
    group by all
),

segment_periods as (
    select
        periods.period_type,
        periods.start_month,
        periods.end_month,
        segment_months.segment_dimension,
        segment_months.segment_value,
        coalesce(sum(segment_months.delivery_count), 0) as delivery_count,
        coalesce(sum(segment_months.uncosted_delivery_count), 0) as uncosted_delivery_count,
        coalesce(sum(segment_months.services_revenue_amount), 0) as services_revenue_amount,
        coalesce(sum(segment_months.labor_cost_amount), 0) as labor_cost_amount,
        coalesce(sum(segment_months.subcontractor_cost_amount), 0)
            as subcontractor_cost_amount,
        coalesce(sum(segment_months.travel_cost_amount), 0) as travel_cost_amount,
        coalesce(sum(segment_months.other_cost_amount), 0) as other_cost_amount,
        coalesce(sum(segment_months.customer_success_cost_amount), 0)
            as customer_success_cost_amount,
        sum(segment_months.customer_month_count) as customer_month_count,
        sum(segment_months.subscription_revenue_amount) as subscription_revenue_amount,
        coalesce(sum(segment_months.subscription_cost_amount), 0) as subscription_cost_amount
    from periods
    inner join segment_months -- each month counts in every period that it lies in
        on segment_months.measured_in_month >= periods.start_month
        and segment_months.measured_in_month < periods.end_month
    group by all
),

margins as (
    select
        *,
        labor_cost_amount
        + subcontractor_cost_amount
        + travel_cost_amount
        + other_cost_amount
        + case
            when getvariable('customer_success_in_cost') then customer_success_cost_amount
            else 0
        end as delivery_cost_amount
    from segment_periods
),

final as (
    select
        -- keys
        period_type,
        month_day(start_month) as period_start,
        month_day(end_month) as period_end,
        segment_dimension,
        segment_value,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- flags
        month_day(end_month) <= getvariable('as_of') as is_complete,
        getvariable('customer_success_in_cost') as is_customer_success_in_cost,

        -- measures
        cast(delivery_count as bigint) as delivery_count,
        cast(uncosted_delivery_count as bigint) as uncosted_delivery_count,
        cast(customer_month_count as bigint) as customer_month_count,
        cast(services_revenue_amount as decimal(18, 4)) as services_revenue_amount,
        cast(labor_cost_amount as decimal(18, 4)) as labor_cost_amount,
        cast(subcontractor_cost_amount as decimal(18, 4)) as subcontractor_cost_amount,
        cast(travel_cost_amount as decimal(18, 4)) as travel_cost_amount,
        cast(other_cost_amount as decimal(18, 4)) as other_cost_amount,
        cast(customer_success_cost_amount as decimal(18, 4)) as customer_success_cost_amount,
        cast(delivery_cost_amount as decimal(18, 4)) as delivery_cost_amount,
        cast(services_revenue_amount - delivery_cost_amount as decimal(18, 4))
            as services_margin_amount,
        cast(subscription_revenue_amount as decimal(18, 4)) as subscription_revenue_amount,
        cast(subscription_cost_amount as decimal(18, 4)) as subscription_cost_amount,
        cast(subscription_revenue_amount - subscription_cost_amount as decimal(18, 4))
            as subscription_margin_amount,
        cast(services_revenue_amount - delivery_cost_amount as double)
        / nullif(cast(services_revenue_amount as double), 0) as services_gross_margin_rate,
        cast(subscription_revenue_amount - subscription_cost_amount as double)
        / nullif(cast(subscription_revenue_amount as double), 0)
            as subscription_gross_margin_rate
    from margins
)

select * from final
