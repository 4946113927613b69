-- Grain: one row per rated row of a question, and reading of its response.
-- Scope: company
with

responses as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "survey_id": "VARCHAR", "response_status": "VARCHAR", "collection_mode": "VARCHAR",
                "date_created": "VARCHAR", "date_modified": "VARCHAR", "email_address": "VARCHAR",
                "metadata": {"contact": {"email": {"value": "VARCHAR"}}},
                "custom_variables": {
                    "survey_kind": "VARCHAR", "journey_step": "VARCHAR", "channel": "VARCHAR", "ticket_id": "VARCHAR",
                    "touchpoint_id": "VARCHAR", "email": "VARCHAR"
                },
                "pages": [{"questions": [{
                    "id": "VARCHAR", "family": "VARCHAR", "subtype": "VARCHAR",
                    "answers": [{
                        "choice_id": "VARCHAR", "row_id": "VARCHAR", "other_id": "VARCHAR", "text": "VARCHAR",
                        "simple_text": "VARCHAR", "choice_metadata": {"weight": "VARCHAR"}
                    }]
                }]}],
                "_parent": {"nickname": "VARCHAR"}
            }'
        ) as response
    from raw.surveymonkey__response
),

-- Previews are nobody's answer; who was turned away or came too late was not asked.
counted_responses as (
    select
        origin,
        response,
        declared_question(response._parent.nickname) as declared,
        flatten([page.questions for page in response.pages]) as questions
    from responses
    where coalesce(response.collection_mode, '') not in ('preview', 'survey_preview')
        and coalesce(response.response_status, '') not in ('overquota', 'disqualified')
),

-- Only surveys whose nickname names a KPI are scored.
questions as (
    select
        origin,
        response,
        declared,
        [
            answer.text
            for answer in flatten([
                question.answers for question in questions if question.family = 'open_ended'
            ])
            if answer.row_id is null and answer.text is not null
        ][1] as open_comment,
        unnest(questions) as question,
        generate_subscripts(questions, 1) as question_number
    from counted_responses
    where declared.survey_type is not null
),

answers as (
    select
        origin,
        response,
        declared,
        open_comment,
        question_number,
        question.id as question_id,
        [answer.text for answer in question.answers if answer.other_id is not null][1]
            as own_comment,
        unnest(question.answers) as answer,
        generate_subscripts(question.answers, 1) as answer_number
    from questions
    where question.family = 'matrix' and question.subtype = 'rating'
),

-- The choices of an NPS question weigh -100, 0 and 100 and are told apart by their texts; in a
-- survey called nps other questions are not scored. A comment goes with one rating: with the first
-- of its question, or of the response.
ratings as (
    select
        *,
        row_number() over (
            partition by origin.position order by question_number, answer_number
        ) as rating_number,
        row_number() over (
            partition by origin.position, question_number order by answer_number
        ) as row_place
    from answers
    where answer.choice_metadata.weight is not null
        and (
            declared.survey_type <> 'nps'
            or try_cast(answer.choice_metadata.weight as decimal(18, 4)) in (-100, 0, 100)
        )
),

final as (
    select
        origin,
        -- keys
        'surveymonkey' as source,
        concat_ws(':', response.id, question_id, answer.row_id) as survey_response_id,
        response.survey_id,
        concat_ws(':', question_id, answer.row_id) as question_id,
        lower(coalesce(
            nullif(response.email_address, ''),
            nullif(response.metadata.contact.email.value, ''),
            nullif(response.custom_variables.email, '')
        )) as respondent_email,
        nullif(response.custom_variables.ticket_id, '') as ticket_id,
        nullif(response.custom_variables.touchpoint_id, '') as touchpoint_id,

        -- attributes
        declared.survey_type,
        survey_kind_of(
            response.custom_variables.survey_kind,
            declared.survey_kind,
            response.custom_variables.ticket_id,
            response.custom_variables.touchpoint_id
        ) as survey_kind,
        nullif(response.custom_variables.journey_step, '') as journey_step,
        nullif(response.custom_variables.channel, '') as channel,
        coalesce(
            case when row_place = 1 then nullif(own_comment, '') end,
            case when rating_number = 1 then nullif(open_comment, '') end
        ) as comment_text,

        -- flags
        declared.is_reversed,

        -- measures
        case
            when declared.survey_type = 'nps'
            then coalesce(
                nullif(regexp_extract(answer.simple_text, '([0-9]+)[^0-9]*$', 1), ''),
                answer.simple_text,
                'no text'
            )
            else answer.choice_metadata.weight
        end as score,
        scale_min_of(declared.survey_type, declared) as scale_min,
        scale_max_of(declared.survey_type, declared) as scale_max,

        -- times
        response.date_created as answered_at,
        response.date_modified as updated_at
    from ratings
)

select * from final
