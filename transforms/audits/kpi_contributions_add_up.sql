-- What customers contribute adds up to the KPI, of the whole company and of each segment. Decisions: "Contributions to a KPI".
with

-- Each segment by itself: of all sets of segments there are nearly as many as contributions.
segment_sums as (
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
        grouping(
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
        ) = 1023 as is_of_all,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(n) as n
    from fct_kpi_contribution
    group by grouping sets (
        (kpi, period_type, period_start, counted_by),
        (kpi, period_type, period_start, counted_by, segment),
        (kpi, period_type, period_start, counted_by, region),
        (kpi, period_type, period_start, counted_by, industry),
        (kpi, period_type, period_start, counted_by, size_band),
        (kpi, period_type, period_start, counted_by, owner_employee_key),
        (kpi, period_type, period_start, counted_by, acquisition_cohort),
        (kpi, period_type, period_start, counted_by, plan_name),
        (kpi, period_type, period_start, counted_by, survey_id),
        (kpi, period_type, period_start, counted_by, journey_step),
        (kpi, period_type, period_start, counted_by, channel)
    )
),

segment_places as (
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
    from segment_sums
),

sums as (
    select
        kpi,
        period_type,
        period_start,
        place.dimension as segment_dimension,
        place.value as segment_value,
        cast(numerator as decimal(18, 4)) as numerator,
        cast(denominator as decimal(18, 4)) as denominator,
        cast(n as bigint) as n
    from segment_places
    where is_of_all = (place.dimension = 'all')
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
