-- Grain: one row per response and reading of it.
-- Scope: company
with

responses as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "survey_type": "VARCHAR", "score": "VARCHAR", "comment": "VARCHAR",
                "created_at": "VARCHAR", "updated_at": "VARCHAR", "person": {"id": "VARCHAR", "email": "VARCHAR"},
                "person_properties": {
                    "survey_kind": "VARCHAR", "journey_step": "VARCHAR", "channel": "VARCHAR", "store_id": "VARCHAR",
                    "ticket_id": "VARCHAR", "touchpoint_id": "VARCHAR", "locale": "VARCHAR"
                }
            }'
        ) as response
    from raw.delighted__survey_response
),

-- Stars, smileys and thumbs ask for satisfaction; what employees say and whether the product would
-- be missed has no KPI.
typed_responses as (
    select
        origin,
        response,
        response.person_properties as properties,
        case response.survey_type
            when 'nps' then {'type': 'nps', 'lowest': '0', 'highest': '10'}
            when 'csat' then {'type': 'csat', 'lowest': '1', 'highest': '5'}
            when 'csat3' then {'type': 'csat', 'lowest': '1', 'highest': '3'}
            when 'stars_five' then {'type': 'csat', 'lowest': '1', 'highest': '5'}
            when 'smileys' then {'type': 'csat', 'lowest': '1', 'highest': '5'}
            when 'thumbs' then {'type': 'csat', 'lowest': '0', 'highest': '1'}
            when 'ces' then {'type': 'ces', 'lowest': '1', 'highest': '5'}
            when 'ces7' then {'type': 'ces', 'lowest': '1', 'highest': '7'}
            when 'enps' then {'type': 'other', 'lowest': '0', 'highest': '10'}
            when 'pmf' then {'type': 'other', 'lowest': '1', 'highest': '3'}
            else {'type': response.survey_type, 'lowest': null, 'highest': null}
        end as question
    from responses
),

final as (
    select
        origin,
        -- keys
        'delighted' as source,
        response.id as survey_response_id,
        response.person.id as contact_id,
        lower(nullif(response.person.email, '')) as respondent_email,
        nullif(properties.ticket_id, '') as ticket_id,
        nullif(properties.touchpoint_id, '') as touchpoint_id,

        -- attributes
        question.type as survey_type,
        survey_kind_of(
            properties.survey_kind, null, properties.ticket_id, properties.touchpoint_id
        ) as survey_kind,
        nullif(properties.journey_step, '') as journey_step,
        nullif(properties.channel, '') as channel,
        nullif(properties.store_id, '') as store_id,
        nullif(response.comment, '') as comment_text,
        nullif(properties.locale, '') as language,

        -- measures
        response.score as score,
        question.lowest as scale_min,
        question.highest as scale_max,

        -- times
        instant_of_seconds(response.created_at) as answered_at,
        instant_of_seconds(response.updated_at) as updated_at
    from typed_responses
)

select * from final
