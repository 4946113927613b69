-- Grain: one row per answer to a question that names a KPI, and reading of its response.
-- Scope: company
with

responses as (
    select
        origin,
        json_transform(
            payload,
            '{
                "response_id": "VARCHAR", "submitted_at": "VARCHAR",
                "hidden": {
                    "email": "VARCHAR", "survey_kind": "VARCHAR", "journey_step": "VARCHAR", "channel": "VARCHAR",
                    "store_id": "VARCHAR", "ticket_id": "VARCHAR", "touchpoint_id": "VARCHAR"
                },
                "answers": [{
                    "type": "VARCHAR", "number": "VARCHAR", "text": "VARCHAR", "email": "VARCHAR",
                    "field": {"id": "VARCHAR", "type": "VARCHAR", "ref": "VARCHAR"}
                }],
                "_parent": {"form_id": "VARCHAR", "title": "VARCHAR"}
            }'
        ) as response
    from raw.typeform__response
),

answers as (
    select
        origin,
        response,
        coalesce(
            [answer.text for answer in response.answers if answer.field.ref = 'comment'][1],
            [answer.text for answer in response.answers if answer.field.type = 'long_text'][1]
        ) as comment_text,
        [answer.email for answer in response.answers if answer.type = 'email'][1] as given_email,
        unnest(response.answers) as answer,
        generate_subscripts(response.answers, 1) as answer_number
    from responses
),

typed_answers as (
    select
        *,
        declared_question(answer.field.ref) as declared,
        case
            when answer.field.type = 'nps' then 'nps'
            else declared_question(answer.field.ref).survey_type
        end as survey_type
    from answers
    where answer.type = 'number'
),

scored_answers as (
    select
        *,
        row_number() over (partition by origin.position order by answer_number) as score_number
    from typed_answers
    where survey_type is not null
),

final as (
    select
        origin,
        -- keys
        'typeform' as source,
        concat_ws(':', response._parent.form_id, response.response_id, answer.field.id)
            as survey_response_id,
        response._parent.form_id as survey_id,
        answer.field.id as question_id,
        lower(coalesce(nullif(response.hidden.email, ''), nullif(given_email, '')))
            as respondent_email,
        nullif(response.hidden.ticket_id, '') as ticket_id,
        nullif(response.hidden.touchpoint_id, '') as touchpoint_id,

        -- attributes
        survey_type,
        survey_kind_of(
            response.hidden.survey_kind,
            coalesce(
                declared.survey_kind, declared_question(response._parent.title).survey_kind
            ),
            response.hidden.ticket_id,
            response.hidden.touchpoint_id
        ) as survey_kind,
        nullif(response.hidden.journey_step, '') as journey_step,
        nullif(response.hidden.channel, '') as channel,
        nullif(response.hidden.store_id, '') as store_id,
        case when score_number = 1 then nullif(comment_text, '') end as comment_text,

        -- flags
        declared.is_reversed,

        -- measures
        answer.number as score,
        scale_min_of(survey_type, declared) as scale_min,
        scale_max_of(survey_type, declared) as scale_max,

        -- times
        response.submitted_at as answered_at,
        response.submitted_at as updated_at
    from scored_answers
)

select * from final
