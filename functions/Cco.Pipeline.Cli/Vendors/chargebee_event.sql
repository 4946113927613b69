-- An event of a subscription or customer, with what it concerns as it was after it. Chargebee
-- itself tells of every other record, too, and forgets an event some time later; here all are kept,
-- as a lake would hold them that has been filled since the first one.
with

events as (
    select
        'ev_' || subscription_id || '-' || change_number as id,
        changed_at as occurred_at,
        case
            when change_number = 1 then 'subscription_created'
            when status = 'canceled' then 'subscription_cancelled'
            else 'subscription_changed'
        end as event_type,
        {'subscription': subscription}::json as content
    from subscription_state
    union all
    select
        'ev_' || customer_id || '-' || change_number as id,
        changed_at as occurred_at,
        case
            when change_number = 1 then 'customer_created'
            when is_deleted then 'customer_deleted'
            else 'customer_changed'
        end as event_type,
        {'customer': customer}::json as content
    from customer_state
)

select
    id,
    occurred_at,
    {
        'event': {
            'id': id,
            'object': 'event',
            'occurred_at': occurred_at,
            'source': 'api',
            'event_type': event_type,
            'api_version': 'v2',
            'content': content
        }
    }::json as json
from events
