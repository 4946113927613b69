-- Grain: one row per month, segment dimension, segment and part of expansion.
-- Scope: company
-- Decisions: "Expansion by part", "Missing loads", "Parts of expansion and contraction", "Segments are as of then".
with

revenue_months as (
    select * from fct_revenue_month
),

expansions as (
    select * from fct_mrr_movement where movement_type = 'expansion'
),

parts as (
    select
        unnest([
            'all',
            'upsell',
            'cross_sell',
            'price',
            'discount_expiry',
            'downgrade',
            'product_drop',
            'discount'
        ]) as movement_part
),

-- All rows of a customer and month have the same segments.
customer_parts as (
    select
        month_start,
        customer_key,
        movement_part,
        min(segment) as segment,
        min(region) as region,
        min(industry) as industry,
        min(size_band) as size_band,
        min(owner_employee_key) as owner_employee_key,
        coalesce(month_label(min(acquisition_month_start)), 'unknown') as acquisition_cohort,
        sum(movement_amount) as expansion_amount
    from expansions
    group by grouping sets (
        (month_start, customer_key, movement_part),
        (month_start, customer_key)
    )
),

segment_parts as (
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
        coalesce(movement_part, 'all') as movement_part,
        count(*) as customer_count,
        sum(expansion_amount) as expansion_amount
    from customer_parts
    group by grouping sets (
        (month_start, movement_part),
        (month_start, movement_part, segment),
        (month_start, movement_part, region),
        (month_start, movement_part, industry),
        (month_start, movement_part, size_band),
        (month_start, movement_part, owner_employee_key),
        (month_start, movement_part, acquisition_cohort)
    )
),

final as (
    select
        -- keys
        revenue_months.month_start,
        revenue_months.segment_dimension,
        revenue_months.segment_value,
        parts.movement_part,

        -- attributes
        revenue_months.currency,

        -- flags
        revenue_months.is_complete,

        -- measures
        coalesce(segment_parts.customer_count, 0) as customer_count,
        revenue_months.opening_customer_count,
        revenue_months.opening_gap_customer_count,
        cast(coalesce(segment_parts.expansion_amount, 0) as decimal(18, 4)) as expansion_amount,
        revenue_months.opening_mrr_amount,
        case
            when revenue_months.opening_gap_customer_count = 0
            then cast(coalesce(segment_parts.expansion_amount, 0) as double)
                / nullif(cast(revenue_months.opening_mrr_amount as double), 0)
        end as expansion_rate
    from revenue_months
    cross join parts -- each part has its row, with 0 where there was none
    left join segment_parts
        on revenue_months.month_start = segment_parts.month_start
        and revenue_months.segment_dimension = segment_parts.segment_dimension
        and revenue_months.segment_value = segment_parts.segment_value
        and parts.movement_part = segment_parts.movement_part
)

select * from final
