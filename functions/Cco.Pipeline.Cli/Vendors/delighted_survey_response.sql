-- A response with its person, who is known by the address where there is one. What is known of the survey are properties of the person.
select
    survey_response_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': survey_response_id,
        'person': {
            'id': coalesce(contact_id, respondent_email, survey_response_id),
            'email': respondent_email,
            'name': null,
            'created_at': seconds(answered_at)
        },
        'survey_type': case
            when survey_type = 'csat' and scale_max = '1' then 'thumbs'
            when survey_type = 'ces' and scale_max = '7' then 'ces7'
            else survey_type
        end,
        'score': cast(score as bigint),
        'comment': comment_text,
        'created_at': seconds(answered_at),
        'updated_at': seconds(updated_at),
        'person_properties': {
            'survey_kind': survey_kind,
            'journey_step': journey_step,
            'channel': channel,
            'ticket_id': ticket_id,
            'locale': language
        },
        'notes': [],
        'tags': [],
        'additional_answers': []
    }::json as json
from survey_response
where score is not null
qualify row_number() over (partition by survey_response_id order by updated_at desc) = 1
