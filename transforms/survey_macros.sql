-- What one answer to a survey means, and how sure a score of many is. Decisions: Experience.

-- An answer on the scale its KPI is published on: NPS 0 to 10, CSAT 1 to 5, CES 1 to 7 with 7 for
-- easy. Null: the KPI has no rule for an answer on this scale.
create macro survey_score(survey_type, is_reversed, score, scale_min, scale_max) as (
    case
        when survey_type = 'nps' and not is_reversed then score
        when survey_type = 'csat' and not is_reversed
            and scale_min = floor(scale_min) and scale_max = floor(scale_max)
            and scale_max - scale_min <= 10
            then 1 + 4 * (score - scale_min) / (scale_max - scale_min)
        when survey_type = 'ces' and not is_reversed and scale_min = 1 and scale_max = 7 then score
        when survey_type = 'ces' and is_reversed and scale_min = 1 and scale_max in (5, 7)
            then 1 + 6 * (scale_max - score) / (scale_max - scale_min)
    end
);

-- Whether a CSAT answer is in the top box: the best answer of two or three, else the best two.
create macro survey_is_satisfied(score, scale_min, scale_max) as (
    score >= scale_max - if(scale_max - scale_min <= 2, 0, 1)
);

-- The ways in which people are counted: once in all of a customer's dimensions together, but once for each survey, step and
-- channel. What has the same scope is counted together.
create macro survey_countings(survey_id, journey_step, channel) as (
    [
        {'counted_by': 'customer', 'scope': ''},
        {'counted_by': 'survey_id', 'scope': coalesce(survey_id, '')},
        {'counted_by': 'journey_step', 'scope': coalesce(journey_step, '')},
        {'counted_by': 'channel', 'scope': coalesce(channel, '')}
    ]
);

-- The values a survey record is reported under, each with the way in which people are counted for it.
create macro survey_memberships(
    segment, region, industry, size_band, survey_id, journey_step, channel
) as (
    [
        {'counted_by': 'customer', 'dimension': 'all', 'value': 'all'},
        {
            'counted_by': 'customer',
            'dimension': 'segment',
            'value': coalesce(segment, 'unknown')
        },
        {'counted_by': 'customer', 'dimension': 'region', 'value': coalesce(region, 'unknown')},
        {
            'counted_by': 'customer',
            'dimension': 'industry',
            'value': coalesce(industry, 'unknown')
        },
        {
            'counted_by': 'customer',
            'dimension': 'size_band',
            'value': coalesce(size_band, 'unknown')
        },
        {
            'counted_by': 'survey_id',
            'dimension': 'survey_id',
            'value': coalesce(survey_id, 'unknown')
        },
        {
            'counted_by': 'journey_step',
            'dimension': 'journey_step',
            'value': coalesce(journey_step, 'unknown')
        },
        {'counted_by': 'channel', 'dimension': 'channel', 'value': coalesce(channel, 'unknown')}
    ]
);

-- Half the width of the 95 % interval of an NPS, in points.
create macro nps_margin(promoters, detractors, answered) as (
    1.96 * 100 * sqrt(
        (
            (promoters + detractors) / answered - ((promoters - detractors) / answered) ** 2
        ) / answered
    )
);

-- The limits of the 95 % Wilson interval of a share, 0 to 1.
create macro wilson_lower(hits, answered) as (
    (
        hits + 1.9208
        - 1.96 * sqrt(hits * (answered - hits) / answered + 0.9604)
    ) / (answered + 3.8416)
);

create macro wilson_upper(hits, answered) as (
    (
        hits + 1.9208
        + 1.96 * sqrt(hits * (answered - hits) / answered + 0.9604)
    ) / (answered + 3.8416)
);
