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
                    "survey_scale": "VARCHAR", "survey_kind": "VARCHAR", "journey_step": "VARCHAR", "channel": "VARCHAR",
                    "store_id": "VARCHAR", "ticket_id": "VARCHAR", "touchpoint_id": "VARCHAR", "locale": "VARCHAR"
                }
            }'
        ) as response
    from raw.delighted__survey_response
),

typed_responses as (
    select
        *,
        response.person_properties as properties,
        declared_question(response.person_properties.survey_scale) as declared,
        case
            when response.survey_type in ('stars', 'stars_five', 'smileys', 'smileys_five', 'thumbs')
            then 'csat'
            when response.survey_type in ('enps', 'pmf') then 'other'
            else response.survey_type
        end as survey_type
    from responses
),

final as (
    select
        origin,
        -- keys
        'delighted' as source,
        response.id as survey_response_id,
        response.person.id as contact_id,
        lower(response.person.email) as respondent_email,
        nullif(properties.ticket_id, '') as ticket_id,
        nullif(properties.touchpoint_id, '') as touchpoint_id,

        -- attributes
        survey_type,
        survey_kind_of(
            properties.survey_kind,
            declared.survey_kind,
            properties.ticket_id,
            properties.touchpoint_id
        ) as survey_kind,
        nullif(properties.journey_step, '') as journey_step,
        nullif(properties.channel, '') as channel,
        nullif(properties.store_id, '') as store_id,
        nullif(response.comment, '') as comment_text,
        nullif(properties.locale, '') as language,

        -- flags
        declared.is_reversed,

        -- measures
        response.score,
        coalesce(
            declared.scale_min,
            case
                when response.survey_type in ('nps', 'enps', 'thumbs') then '0'
                when survey_type = 'csat' or response.survey_type = 'pmf' then '1'
            end
        ) as scale_min,
        coalesce(
            declared.scale_max,
            case
                when response.survey_type in ('nps', 'enps') then '10'
                when response.survey_type = 'thumbs' then '1'
                when response.survey_type = 'pmf' then '3'
                when survey_type = 'csat' then '5'
            end
        ) as scale_max,

        -- times
        instant_of_seconds(response.created_at) as answered_at,
        instant_of_seconds(response.updated_at) as updated_at
    from typed_responses
)

select * from final
