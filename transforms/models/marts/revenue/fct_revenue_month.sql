-- Grain: one row per month, segment dimension and segment.
-- Scope: company
-- Decisions: "Movements", "Missing loads", "Segments are as of then", "One table of KPIs".
with

held_months as (
    select * from fct_customer_month
),

movements as (
    select * from fct_mrr_movement
),

records as (
    select * from held_months
    union all by name
    select * exclude (opening_mrr_amount) from movements
),

-- All rows of a customer and month have the same segments.
customer_months as (
    select
        customer_key,
        month_start,
        min(segment) as segment,
        min(region) as region,
        min(industry) as industry,
        min(size_band) as size_band,
        min(owner_employee_key) as owner_employee_key,
        coalesce(month_label(min(acquisition_month_start)), 'unknown') as acquisition_cohort,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(mrr_amount) as mrr_amount,
        sum(committed_mrr_amount) as committed_mrr_amount,
        sum(opening_gap_mrr_amount) as opening_gap_mrr_amount,
        sum(gap_mrr_amount) as gap_mrr_amount,
        sum(movement_amount) filter (movement_type = 'new') as new_amount,
        sum(movement_amount) filter (movement_type in ('late_renewal', 'reactivation'))
            as returned_amount,
        sum(movement_amount) filter (movement_type = 'expansion') as expansion_amount,
        sum(movement_amount) filter (movement_type = 'contraction') as contraction_amount,
        sum(movement_amount) filter (movement_type = 'churn') as churned_amount,
        sum(movement_amount) filter (movement_type in ('paused', 'resumed')) as paused_amount,
        sum(movement_amount) filter (movement_type = 'gap') as gap_amount,
        sum(movement_amount) filter (movement_type = 'merge') as merged_amount,
        sum(movement_amount) filter (movement_type = 'fx') as fx_amount
    from records
    group by customer_key, month_start
),

segment_months as (
    select
        month_start,
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
        count(*) filter (opening_mrr_amount > 0) as opening_customer_count,
        count(*) filter (mrr_amount > 0) as customer_count,
        count(new_amount) as new_customer_count,
        count(returned_amount) as returned_customer_count,
        count(expansion_amount) as expansion_customer_count,
        count(contraction_amount) as contraction_customer_count,
        count(churned_amount) as churned_customer_count,
        count(*) filter (opening_gap_mrr_amount <> 0) as opening_gap_customer_count,
        count(*) filter (gap_mrr_amount <> 0) as gap_customer_count,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(new_amount) as new_amount,
        sum(returned_amount) as returned_amount,
        sum(expansion_amount) as expansion_amount,
        sum(contraction_amount) as contraction_amount,
        sum(churned_amount) as churned_amount,
        sum(paused_amount) as paused_amount,
        sum(gap_amount) as gap_amount,
        sum(merged_amount) as merged_amount,
        sum(fx_amount) as fx_amount,
        sum(mrr_amount) as mrr_amount,
        sum(committed_mrr_amount) as committed_mrr_amount
    from customer_months
    group by grouping sets (
        (month_start),
        (month_start, segment),
        (month_start, region),
        (month_start, industry),
        (month_start, size_band),
        (month_start, owner_employee_key),
        (month_start, acquisition_cohort)
    )
),

-- A month in which nobody had anything has its row as well.
bounds as (
    select min(month_number(month_start)) as first_month from segment_months
),

company_months as (
    select month_day(unnest(range(first_month, last_month() + 1))) as month_start
    from bounds
),

months as (
    select * from segment_months
    union all by name
    select
        company_months.month_start,
        'all' as segment_dimension,
        'all' as segment_value,
        0 as opening_customer_count,
        0 as customer_count
    from company_months
    anti join segment_months on company_months.month_start = segment_months.month_start
),

final as (
    select
        -- keys
        month_start,
        segment_dimension,
        segment_value,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- flags
        month_day(month_number(month_start) + 1) <= getvariable('as_of') as is_complete,

        -- measures
        opening_customer_count,
        customer_count,
        coalesce(new_customer_count, 0) as new_customer_count,
        coalesce(returned_customer_count, 0) as returned_customer_count,
        coalesce(expansion_customer_count, 0) as expansion_customer_count,
        coalesce(contraction_customer_count, 0) as contraction_customer_count,
        coalesce(churned_customer_count, 0) as churned_customer_count,
        coalesce(opening_gap_customer_count, 0) as opening_gap_customer_count,
        coalesce(gap_customer_count, 0) as gap_customer_count,
        cast(coalesce(opening_mrr_amount, 0) as decimal(18, 4)) as opening_mrr_amount,
        cast(coalesce(new_amount, 0) as decimal(18, 4)) as new_amount,
        cast(coalesce(returned_amount, 0) as decimal(18, 4)) as returned_amount,
        cast(coalesce(expansion_amount, 0) as decimal(18, 4)) as expansion_amount,
        cast(coalesce(contraction_amount, 0) as decimal(18, 4)) as contraction_amount,
        cast(coalesce(churned_amount, 0) as decimal(18, 4)) as churned_amount,
        cast(coalesce(paused_amount, 0) as decimal(18, 4)) as paused_amount,
        cast(coalesce(gap_amount, 0) as decimal(18, 4)) as gap_amount,
        cast(coalesce(merged_amount, 0) as decimal(18, 4)) as merged_amount,
        cast(coalesce(fx_amount, 0) as decimal(18, 4)) as fx_amount,
        cast(coalesce(mrr_amount, 0) as decimal(18, 4)) as mrr_amount,
        cast(coalesce(committed_mrr_amount, 0) as decimal(18, 4)) as committed_mrr_amount
    from months
)

select * from final
