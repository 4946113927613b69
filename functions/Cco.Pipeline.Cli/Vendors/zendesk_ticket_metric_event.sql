-- A start and an end of the clock that runs until a customer is answered.
select
    cast(event_number as varchar) as id,
    seconds(occurred_at) as changed_at,
    {
        'id': event_number,
        'ticket_id': cast(ticket_id as bigint),
        'metric': 'reply_time',
        'instance_id': row_number() over (partition by ticket_id, is_reply order by event_number),
        'type': case when is_reply then 'fulfill' else 'activate' end,
        'time': occurred_at
    }::json as json
from event
where is_reply or event_type = 'created'
