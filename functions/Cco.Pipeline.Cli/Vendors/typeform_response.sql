-- A response that was submitted: to a question whose reference says what it asks, and to one for a comment.
with

latest_responses as (
    select *
    from survey_response
    where score is not null
    qualify row_number() over (partition by survey_response_id order by updated_at desc) = 1
),

questions as (
    select
        *,
        case
            when survey_type = 'nps' then {'id': 'nps', 'type': 'nps', 'ref': 'how_likely'}
            else {
                'id': survey_type || scale_max,
                'type': 'opinion_scale',
                'ref': concat_ws(
                    '_',
                    survey_type,
                    scale_min,
                    scale_max,
                    survey_kind,
                    case when is_reversed = 'true' then 'reversed' end
                )
            }
        end as field
    from latest_responses
)

select
    survey_response_id as id,
    seconds(answered_at) as submitted_second,
    {
        'parent': survey_id,
        'record': {
            'landing_id': survey_response_id,
            'token': survey_response_id,
            'response_id': survey_response_id,
            'response_type': 'completed',
            'landed_at': answered_at,
            'submitted_at': answered_at,
            'hidden': {
                'email': respondent_email,
                'survey_kind': survey_kind,
                'journey_step': journey_step,
                'channel': channel,
                'ticket_id': ticket_id
            },
            'answers': [
                {'type': 'number', 'number': cast(score as bigint), 'text': null, 'field': field},
                {
                    'type': 'text',
                    'number': null,
                    'text': comment_text,
                    'field': {'id': 'comment', 'type': 'long_text', 'ref': 'comment'}
                }
            ]
        }
    }::json as json
from questions
