-- Which numbers of fct_kpi a contribution is part of. Decisions: "Contributions to a KPI".

-- The segments of fct_kpi that a row of fct_kpi_contribution counts in.
create macro contribution_segments(
    counted_by, segment, region, industry, size_band, owner_employee_key, acquisition_cohort,
    plan_name, survey_id, journey_step, channel
) as (
    list_filter(
        [
            {'counted_by': 'customer', 'dimension': 'all', 'value': 'all'},
            {'counted_by': 'customer', 'dimension': 'segment', 'value': segment},
            {'counted_by': 'customer', 'dimension': 'region', 'value': region},
            {'counted_by': 'customer', 'dimension': 'industry', 'value': industry},
            {'counted_by': 'customer', 'dimension': 'size_band', 'value': size_band},
            {'counted_by': 'customer', 'dimension': 'owner', 'value': owner_employee_key},
            {
                'counted_by': 'customer',
                'dimension': 'acquisition_cohort',
                'value': acquisition_cohort
            },
            {'counted_by': 'customer', 'dimension': 'plan', 'value': plan_name},
            {'counted_by': 'survey_id', 'dimension': 'survey_id', 'value': survey_id},
            {'counted_by': 'journey_step', 'dimension': 'journey_step', 'value': journey_step},
            {'counted_by': 'channel', 'dimension': 'channel', 'value': channel}
        ],
        lambda place: place.counted_by = counted_by and place.value is not null
    )
);
