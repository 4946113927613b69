-- Grain: one row per survey answer: what it says, and why it does not count where it does not.
-- Scope: company
-- Decisions: "What one answer is worth", "CSAT mean", "Which answer counts", "When it counts",
-- "Deleted answers, customers and tests".
with

responses as (
    select
        *,
        survey_score(survey_type, is_reversed, score, scale_min, scale_max) as kpi_score,
        cast(local_time(answered_at) as date) as answered_date,
        cast(local_time(deleted_at) as date) as deleted_date
    from survey_response
),

matched_answers as (
    select *
    from int_survey_matched
    where record_type = 'answer'
),

-- Who or what has one answer: a person; after an event the event, be it rated by whomever.
answers as (
    select
        responses.*,
        matched_answers.* exclude (
            record_type, source, record_id, survey_id, journey_step, channel
        ),
        matched_answers.survey_id as asked_survey_id,
        matched_answers.journey_step as asked_journey_step,
        matched_answers.channel as asked_channel,
        case
            when responses.survey_type in ('csat', 'ces')
                and responses.survey_kind = 'transactional'
                then case
                    when responses.ticket_id is not null
                        then concat_ws(':', 'ticket', responses.source, responses.ticket_id)
                    when responses.touchpoint_id is not null
                        then concat_ws(':', 'touchpoint', responses.source, responses.touchpoint_id)
                    when responses.survey_invitation_id is not null
                        then concat_ws(
                            ':', 'invitation', responses.source, responses.survey_invitation_id
                        )
                end
            else matched_answers.person_key
        end as rater_key,
        case
            when responses.survey_type = 'other' then 'no_kpi'
            when responses.answered_date >= getvariable('as_of') then 'not_covered'
            when matched_answers.is_test_customer then 'test_customer'
            when matched_answers.is_after_deletion then 'customer_deleted'
            when responses.score is null then 'no_score'
            when responses.kpi_score is null then 'scale_without_rule'
        end as reason_at_sight
    from responses
    left join matched_answers
        on responses.source = matched_answers.source
        and responses.survey_response_id = matched_answers.record_id
),

units as (
    select
        *,
        concat_ws(
            ' ',
            coalesce(rater_key, concat_ws(':', 'response', source, survey_response_id)),
            if(survey_type = 'nps', null, question_id)
        ) as unit_key,
        survey_type in ('csat', 'ces') and survey_kind = 'transactional' as is_event_rating,
        case survey_type
            when 'nps' then score >= 9
            when 'csat' then survey_is_satisfied(score, scale_min, scale_max)
            when 'ces' then kpi_score >= 5
        end as is_hit,
        if(deleted_date < getvariable('as_of'), first_of_month(deleted_date), null)
            as withdrawn_month
    from answers
),

-- Of several ratings of one event the last one stands; each change of side is a flip.
ratings as (
    select
        *,
        is_event_rating and reason_at_sight is null and coalesce(
            bool_or(withdrawn_month is null) over (
                later_first rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_replaced,
        is_event_rating and reason_at_sight is null
            and coalesce(is_hit <> lead(is_hit) over later_first, false) as is_flip
    from units
    window later_first as (
        partition by survey_type, survey_kind, unit_key, reason_at_sight is null
        order by answered_at desc, updated_at desc nulls last, survey_response_id desc, source
    )
),

final as (
    select
        -- keys
        source,
        survey_response_id,
        survey_invitation_id,
        customer_key,
        unit_key,

        -- attributes
        survey_type,
        survey_kind,
        asked_survey_id as survey_id,
        asked_journey_step as journey_step,
        asked_channel as channel,
        segment,
        region,
        industry,
        size_band,
        match_method,
        coalesce(reason_at_sight, if(is_replaced, 'replaced', null)) as exclusion_reason,

        -- flags
        is_flip,
        coalesce(is_hit, false) as is_hit,
        coalesce(survey_type = 'nps' and score <= 6, false) as is_detractor,
        coalesce(survey_type = 'ces' and kpi_score >= 6, false) as is_strict_hit,
        score is not null as has_score,

        -- measures
        round_even(kpi_score, 4)::decimal(18, 4) as score,

        -- times
        answered_at,
        updated_at,
        answered_date,
        first_of_month(answered_date) as answered_month,
        withdrawn_month
    from ratings
)

select * from final
