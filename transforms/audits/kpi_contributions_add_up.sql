-- What customers contribute adds up to the KPI, of the whole company and of each segment. Decisions: "Contributions to a KPI".
with

segment_sets as (
    select
        kpi,
        period_type,
        period_start,
        counted_by,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        acquisition_cohort,
        plan_name,
        survey_id,
        journey_step,
        channel,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(n) as n
    from fct_kpi_contribution
    group by all
),

segment_parts as (
    select
        *,
        unnest(contribution_segments(
            counted_by,
            segment,
            region,
            industry,
            size_band,
            owner_employee_key,
            acquisition_cohort,
            plan_name,
            survey_id,
            journey_step,
            channel
        )) as place
    from segment_sets
),

sums as (
    select
        kpi,
        period_type,
        period_start,
        place.dimension as segment_dimension,
        place.value as segment_value,
        cast(sum(numerator) as decimal(18, 4)) as numerator,
        cast(sum(denominator) as decimal(18, 4)) as denominator,
        cast(sum(n) as bigint) as n
    from segment_parts
    group by all
),

published as (
    select *
    from fct_kpi
    where is_contribution_period(period_end)
),

-- A segment whose customers contribute nothing but their number may be left out of fct_kpi. What a missing load leaves
-- unknown adds up to nothing.
final as (
    select
        coalesce(published.kpi, sums.kpi) as kpi,
        coalesce(published.period_type, sums.period_type) as period_type,
        coalesce(published.period_start, sums.period_start) as period_start,
        coalesce(published.segment_dimension, sums.segment_dimension) as segment_dimension,
        coalesce(published.segment_value, sums.segment_value) as segment_value,
        published.numerator,
        sums.numerator as numerator_of_contributions,
        published.denominator,
        sums.denominator as denominator_of_contributions,
        published.n,
        sums.n as n_of_contributions
    from published
    full join sums
        on published.kpi = sums.kpi
        and published.period_type = sums.period_type
        and published.period_start = sums.period_start
        and published.segment_dimension = sums.segment_dimension
        and published.segment_value = sums.segment_value
    where published.status is distinct from 'missing_load'
        and (
            coalesce(published.numerator, 0) <> coalesce(sums.numerator, 0)
            or coalesce(published.denominator, 0) <> coalesce(sums.denominator, 0)
            or (published.kpi is not null and published.n <> coalesce(sums.n, 0))
        )
)

select * from final
