-- Grain: one row per survey type, survey kind, period and segment.
-- Scope: company
-- Decisions: "Which answer counts", "Deleted answers, customers and tests", "How sure a score is",
-- "When it counts". Not additive over periods: a person counts once in each.
with

answers as (
    select
        *,
        unnest(survey_memberships(
            segment, region, industry, size_band, survey_id, journey_step, channel
        )) as membership
    from int_survey_answer
    where exclusion_reason is null
        or exclusion_reason in ('replaced', 'no_score', 'scale_without_rule')
),

deliveries as (
    select
        *,
        unnest(survey_memberships(
            segment, region, industry, size_band, survey_id, journey_step, channel
        )) as membership
    from int_survey_delivery
    where exclusion_reason is null
),

-- Every month from the first record to the last day covered.
months as (
    select
        unnest(range(
            month_number(least(
                (select min(answered_month) from answers), (select min(sent_month) from deliveries)
            )),
            last_month() + 1
        )) as month_number
),

month_periods as (
    select unnest(periods_of(month_number), recursive := true)
    from months
),

-- What is counted is what stands at the end of a period's last month, or of the last day covered.
periods as (
    select distinct
        period_type,
        month_day(start_month) as period_start,
        month_day(end_month) as period_end,
        month_day(least(end_month - 1, last_month())) as closing_month_start
    from month_periods
),

-- Of a person's answers another one may stand in one dimension than in the next.
standing_answers as (
    select
        *,
        unnest(list_filter(
            survey_memberships(
                segment, region, industry, size_band, survey_id, journey_step, channel
            ),
            lambda place: place.counted_by = counted_by
        )) as membership
    from int_survey_answer_standing
),

-- All three count in the month they belong to, as long as they stand.
answer_tallies as (
    select
        survey_type,
        survey_kind,
        membership.dimension as segment_dimension,
        membership.value as segment_value,
        answered_month as counted_month,
        standing_from,
        standing_until,
        count(*) as answered_count,
        count(*) filter (is_hit) as hit_count,
        count(*) filter (is_strict_hit) as strict_hit_count,
        count(*) filter (is_detractor) as detractor_count,
        count(*) filter (customer_key is null) as unmatched_count,
        sum(score) as score_sum,
        sum((score * score)::decimal(18, 4)) as score_square_sum
    from standing_answers
    group by all
),

given_tallies as (
    select
        survey_type,
        survey_kind,
        membership.dimension as segment_dimension,
        membership.value as segment_value,
        answered_month as counted_month,
        answered_month as standing_from,
        withdrawn_month as standing_until,
        count(*) filter (score is not null) as given_count,
        count(*) filter (is_flip) as flip_count,
        count(*) filter (exclusion_reason = 'no_score') as unscored_count,
        count(*) filter (exclusion_reason = 'scale_without_rule') as unusable_count
    from answers
    group by all
),

delivery_tallies as (
    select
        survey_type,
        survey_kind,
        membership.dimension as segment_dimension,
        membership.value as segment_value,
        sent_month as counted_month,
        sent_month as standing_from,
        withdrawn_month as standing_until,
        count(*) as delivered_count,
        count(*) filter (is_answered) as responded_count
    from deliveries
    group by all
),

tallies as (
    select * from answer_tallies
    union all by name
    select * from given_tallies
    union all by name
    select * from delivery_tallies
),

totals as (
    select
        tallies.survey_type,
        tallies.survey_kind,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        tallies.segment_dimension,
        tallies.segment_value,
        coalesce(sum(tallies.answered_count), 0)::bigint as answered_count,
        coalesce(sum(tallies.hit_count), 0)::bigint as hit_count,
        coalesce(sum(tallies.strict_hit_count), 0)::bigint as strict_hit_count,
        coalesce(sum(tallies.detractor_count), 0)::bigint as detractor_count,
        coalesce(sum(tallies.unmatched_count), 0)::bigint as unmatched_count,
        coalesce(sum(tallies.given_count), 0)::bigint as given_count,
        coalesce(sum(tallies.flip_count), 0)::bigint as flip_count,
        coalesce(sum(tallies.unscored_count), 0)::bigint as unscored_count,
        coalesce(sum(tallies.unusable_count), 0)::bigint as unusable_count,
        coalesce(sum(tallies.delivered_count), 0)::bigint as delivered_count,
        coalesce(sum(tallies.responded_count), 0)::bigint as responded_count,
        coalesce(sum(tallies.score_sum), 0)::decimal(18, 4) as score_sum,
        coalesce(sum(tallies.score_square_sum), 0)::decimal(38, 4) as score_square_sum
    from tallies
    inner join periods -- a tally counts in the periods that hold its month and see it standing
        on tallies.counted_month >= periods.period_start
        and tallies.counted_month < periods.period_end
        and tallies.standing_from <= periods.closing_month_start
        and coalesce(tallies.standing_until > periods.closing_month_start, true)
    group by all
),

scores as (
    select
        *,
        nullif(answered_count, 0) as answered,
        answered_count < 30 as is_small_sample,
        case survey_type
            when 'nps' then 100 * (hit_count - detractor_count) / answered
            when 'csat' then hit_count / answered
            when 'ces' then score_sum / answered
        end as score,
        case
            when survey_type = 'nps' and answered < 30
                then nps_margin(hit_count + 0.75, detractor_count + 0.75, answered + 3)
            when survey_type = 'nps' then nps_margin(hit_count, detractor_count, answered)
            when survey_type = 'csat'
                then (wilson_upper(hit_count, answered) - wilson_lower(hit_count, answered)) / 2
            when survey_type = 'ces' and answered > 1
                then 1.96 * sqrt(greatest(
                    (
                        score_square_sum::double - score_sum::double * score_sum::double / answered
                    ) / (answered - 1),
                    0
                ) / answered)
        end as margin_of_error,
        case
            when survey_type = 'nps' and answered < 30
                then 100 * (hit_count - detractor_count) / (answered + 3)
            when survey_type = 'csat'
                then (wilson_upper(hit_count, answered) + wilson_lower(hit_count, answered)) / 2
            else score
        end as middle
    from totals
),

-- The period before is the one that ends where this one begins: for 12 months, the 12 before.
compared_scores as (
    select
        scores.*,
        earlier_scores.answered_count as previous_answered_count,
        earlier_scores.score as previous_score,
        scores.score - earlier_scores.score as score_change,
        case
            when scores.survey_type <> 'csat'
                then scores.margin_of_error ** 2 + earlier_scores.margin_of_error ** 2
            when scores.score >= earlier_scores.score
                then (scores.score - scores.middle + scores.margin_of_error) ** 2
                    + (earlier_scores.middle + earlier_scores.margin_of_error
                        - earlier_scores.score) ** 2
            else (scores.middle + scores.margin_of_error - scores.score) ** 2
                + (earlier_scores.score - earlier_scores.middle
                    + earlier_scores.margin_of_error) ** 2
        end as squared_change_margin
    from scores
    left join scores as earlier_scores
        on scores.survey_type = earlier_scores.survey_type
        and scores.survey_kind = earlier_scores.survey_kind
        and scores.period_type = earlier_scores.period_type
        and scores.period_start = earlier_scores.period_end
        and scores.segment_dimension = earlier_scores.segment_dimension
        and scores.segment_value = earlier_scores.segment_value
),

final as (
    select
        -- keys
        survey_type,
        survey_kind,
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,

        -- flags
        period_end <= getvariable('as_of') as is_complete,
        is_small_sample,
        coalesce(score_change ** 2 > squared_change_margin, false) as is_significant_change,

        -- measures
        answered_count,
        if(survey_type = 'nps', hit_count, null)::bigint as promoter_count,
        if(survey_type = 'nps', answered_count - hit_count - detractor_count, null)::bigint
            as passive_count,
        if(survey_type = 'nps', detractor_count, null)::bigint as detractor_count,
        if(survey_type <> 'nps', hit_count, null)::bigint as top_box_count,
        if(survey_type <> 'nps', hit_count / answered, null)::double as top_box_rate,
        if(survey_type = 'ces', strict_hit_count, null)::bigint as strict_top_box_count,
        if(survey_type = 'ces', strict_hit_count / answered, null)::double as strict_top_box_rate,
        score_sum,
        (score_sum / answered)::double as mean_score,
        score::double as score,
        round(margin_of_error, 6)::double as margin_of_error,
        round(greatest(
            middle - margin_of_error,
            case survey_type when 'nps' then -100 when 'csat' then 0 else 1 end
        ), 6)::double as lower_bound,
        round(least(
            middle + margin_of_error,
            case survey_type when 'nps' then 100 when 'csat' then 1 else 7 end
        ), 6)::double as upper_bound,
        coalesce(previous_answered_count, 0)::bigint as previous_answered_count,
        previous_score::double as previous_score,
        score_change::double as score_change,
        delivered_count,
        responded_count,
        (responded_count / nullif(delivered_count, 0))::double as response_rate,
        unmatched_count,
        (given_count - answered_count)::bigint as replaced_count,
        flip_count,
        unscored_count,
        unusable_count
    from compared_scores
)

select * from final
