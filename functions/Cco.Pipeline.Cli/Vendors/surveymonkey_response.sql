-- A response: to a rating, whose choices weigh what they count, or of an NPS question their group; and to a question for a comment.
with

questions as (
    select
        *,
        {
            'id': 'rating',
            'family': 'matrix',
            'subtype': 'rating',
            'answers': [
                {
                    'choice_id': score,
                    'row_id': 'row',
                    'text': null,
                    'simple_text': score,
                    'choice_metadata': {
                        'weight': case
                            when survey_type <> 'nps' then score
                            when cast(score as bigint) >= 9 then '100'
                            when cast(score as bigint) >= 7 then '0'
                            else '-100'
                        end
                    }
                }
            ]
        } as rating,
        {
            'id': 'comment',
            'family': 'open_ended',
            'subtype': 'essay',
            'answers': [
                {
                    'choice_id': null,
                    'row_id': null,
                    'text': comment_text,
                    'simple_text': comment_text,
                    'choice_metadata': {'weight': null}
                }
            ]
        } as comment
    from asked_response
)

select
    survey_response_id as id,
    seconds(updated_at) as modified_second,
    {
        'parent': asked_id,
        'record': {
            'id': survey_response_id,
            'survey_id': asked_id,
            'response_status': 'completed',
            'collection_mode': 'default',
            'date_created': answered_at,
            'date_modified': updated_at,
            'email_address': '',
            'metadata': {'contact': {'email': {'type': 'string', 'value': respondent_email}}},
            'custom_variables': {
                'survey_kind': survey_kind,
                'journey_step': journey_step,
                'channel': channel,
                'ticket_id': ticket_id
            },
            'pages': [{'id': '1', 'questions': [rating, comment]}]
        }
    }::json as json
from questions
