-- What staging models of several survey tools share: the owner of a survey says in a field of the tool what a question asks.

-- The words of such a field: nps; or csat or ces with the lowest and highest score; then relationship or transactional, then
-- reversed; parted by anything but letters and digits, such as "nps relationship", "csat 1-5 transactional" or "ces_1_7".
-- What is not said is null.
create macro declared_question(words) as {
    'survey_type': nullif(
        regexp_extract(lower(words), '(^|[^a-z0-9])(nps|csat|ces)([^a-z0-9]|$)', 2), ''
    ),
    'survey_kind': nullif(
        regexp_extract(
            lower(words), '(^|[^a-z0-9])(relationship|transactional)([^a-z0-9]|$)', 2
        ),
        ''
    ),
    'is_reversed': coalesce(
        regexp_matches(lower(words), '(^|[^a-z0-9])reversed([^a-z0-9]|$)'), false
    ),
    'scale_min': nullif(
        regexp_extract(
            lower(words),
            '(^|[^a-z0-9])(csat|ces)[^a-z0-9]+([0-9]+)[^a-z0-9]+[0-9]+([^a-z0-9]|$)',
            3
        ),
        ''
    ),
    'scale_max': nullif(
        regexp_extract(
            lower(words),
            '(^|[^a-z0-9])(csat|ces)[^a-z0-9]+[0-9]+[^a-z0-9]+([0-9]+)([^a-z0-9]|$)',
            3
        ),
        ''
    )
};

-- The scale of a question: NPS has one scale only.
create macro scale_min_of(survey_type, declared) as
    case when survey_type = 'nps' then '0' else declared.scale_min end;

create macro scale_max_of(survey_type, declared) as
    case when survey_type = 'nps' then '10' else declared.scale_max end;

-- Whether an answer is about us as a whole or about one event: as the answer says, else as its question or survey does, else
-- by whether there is an event.
create macro survey_kind_of(said, declared, ticket_id, touchpoint_id) as
    coalesce(
        nullif(lower(trim(said)), ''),
        declared,
        case
            when coalesce(nullif(ticket_id, ''), nullif(touchpoint_id, '')) is not null
            then 'transactional'
            else 'relationship'
        end
    );
