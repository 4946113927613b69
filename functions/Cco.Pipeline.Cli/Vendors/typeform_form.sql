-- A form for each survey.
select
    survey_id as id,
    min(seconds(answered_at)) as changed_at,
    {
        'id': survey_id,
        'type': 'quiz',
        'title': replace(survey_id, '_', ' '),
        'last_updated_at': min(answered_at),
        'settings': {'is_public': true}
    }::json as json
from survey_response
group by survey_id
