-- A survey.
select
    asked_id as id,
    min(seconds(answered_at)) as created_second,
    {
        'id': asked_id,
        'title': replace(asked_id, '_', ' '),
        'nickname': nickname,
        'language': 'en',
        'response_count': count(*)
    }::json as json
from asked_response
group by asked_id, nickname
