-- Grain: one row per month in which terms are due in the next twelve months, segment dimension and segment.
-- Scope: company
-- Decisions: "Forecast of renewals".
with

terms as (
    select
        *,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort
    from fct_renewal
    where probability_basis is not null
),

segment_months as (
    select
        due_month_start,
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
        count(*) as term_count,
        count(*) filter (is_renewed) as renewed_count,
        count(*) filter (is_lost) as lost_count,
        count(*) filter (
            probability_basis in ('closed_opportunity', 'opportunity', 'won_share')
        ) as opportunity_count,
        count(*) filter (probability_basis = 'segment_rate') as segment_rate_count,
        count(*) filter (probability_basis = 'unknown') as unknown_count,
        count(*) filter (renewal_probability is not null and expected_amount is null)
            as unvalued_count,
        sum(renewal_probability) as expected_count,
        sum(expiring_amount) as expiring_amount,
        sum(renewed_amount) filter (is_renewed) as renewed_amount,
        sum(expected_amount) as expected_amount,
        sum(expiring_amount) filter (probability_basis = 'unknown') as unknown_amount
    from terms
    group by grouping sets (
        (due_month_start),
        (due_month_start, segment),
        (due_month_start, region),
        (due_month_start, industry),
        (due_month_start, size_band),
        (due_month_start, owner_employee_key),
        (due_month_start, acquisition_cohort)
    )
),

final as (
    select
        -- keys
        due_month_start,
        segment_dimension,
        segment_value,

        -- attributes
        getvariable('reporting_currency') as currency,

        -- measures
        term_count,
        renewed_count,
        lost_count,
        opportunity_count,
        segment_rate_count,
        unknown_count,
        unvalued_count,
        cast(coalesce(expected_count, 0) as decimal(18, 4)) as expected_count,
        cast(coalesce(expiring_amount, 0) as decimal(18, 4)) as expiring_amount,
        cast(coalesce(renewed_amount, 0) as decimal(18, 4)) as renewed_amount,
        cast(coalesce(expected_amount, 0) as decimal(18, 4)) as expected_amount,
        cast(coalesce(unknown_amount, 0) as decimal(18, 4)) as unknown_amount
    from segment_months
)

select * from final
