-- Grain: one row per NPS question or score in embedded data, and reading of its response.
-- Scope: company
with

responses as (
    select
        origin,
        json_transform(
            payload,
            '{
                "responseId": "VARCHAR", "values": "JSON",
                "_parent": {"survey_id": "VARCHAR", "name": "VARCHAR"}
            }'
        ) as response
    from raw.qualtrics__response
),

-- Left out by their status: 1, 9 and 17 previews, 2 tests, 8, 12 and 40 spam, 256 synthetic.
counted_responses as (
    select
        *,
        response."values" as fields,
        json_keys(response."values") as field_names
    from responses
    where coalesce(response."values" ->> '$.status', '')
        not in ('1', '2', '8', '9', '12', '17', '40', '256')
),

-- A question of the type NPS comes with its group, which no other has.
scored_fields as (
    select
        *,
        unnest([
            {'field': name[:-11], 'survey_type': 'nps'}
            for name in field_names if suffix(name, '_NPS_GROUP')
        ] || [
            {'field': name, 'survey_type': declared_question(name).survey_type}
            for name in field_names if declared_question(name).scale_min is not null
        ]) as scored
    from counted_responses
),

scores as (
    select
        *,
        declared_question(scored.field) as declared,
        try(fields ->> ('$."' || scored.field || '"')) as score,
        row_number() over (partition by origin.position order by scored.field) as score_number
    from scored_fields
),

final as (
    select
        origin,
        -- keys
        'qualtrics' as source,
        concat_ws(':', response.responseId, scored.field) as survey_response_id,
        coalesce(
            nullif(fields ->> '$.Q_DL', ''), qualtrics_link(fields ->> '$.Q_URL')
        ) as survey_invitation_id,
        response._parent.survey_id as survey_id,
        scored.field as question_id,
        lower(nullif(fields ->> '$.recipientEmail', '')) as respondent_email,
        nullif(fields ->> '$.ticket_id', '') as ticket_id,
        nullif(fields ->> '$.touchpoint_id', '') as touchpoint_id,

        -- attributes
        scored.survey_type as survey_type,
        survey_kind_of(
            fields ->> '$.survey_kind',
            coalesce(
                declared.survey_kind, declared_question(response._parent.name).survey_kind
            ),
            fields ->> '$.ticket_id',
            fields ->> '$.touchpoint_id'
        ) as survey_kind,
        nullif(fields ->> '$.journey_step', '') as journey_step,
        nullif(fields ->> '$.distributionChannel', '') as channel,
        nullif(fields ->> '$.store_id', '') as store_id,
        case
            when score_number = 1
            then coalesce(
                nullif(fields ->> '$.comment', ''),
                nullif(
                    fields ->> (
                        '$."'
                        || list_filter(
                            field_names, lambda name: regexp_full_match(name, 'QID[0-9]+_TEXT')
                        )[1]
                        || '"'
                    ),
                    ''
                )
            )
        end as comment_text,
        qualtrics_language(fields ->> '$.userLanguage') as language,

        -- flags
        declared.is_reversed,

        -- measures
        score,
        scale_min_of(scored.survey_type, declared) as scale_min,
        scale_max_of(scored.survey_type, declared) as scale_max,

        -- times
        coalesce(fields ->> '$.endDate', fields ->> '$.recordedDate') as answered_at,
        fields ->> '$.LastModifiedDate' as updated_at
    from scores
    where nullif(score, '') is not null
)

select * from final
