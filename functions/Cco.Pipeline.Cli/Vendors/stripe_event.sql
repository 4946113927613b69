-- An event of a subscription, with the subscription after it and the items it had before; and of a customer that came or was
-- deleted. Stripe itself tells of every other record, too, and forgets an event after 30 days; here all are kept, as a lake
-- would hold them that has been filled since the first one.
with

subscription_events as (
    select
        'evt_' || subscription_id || '-' || change_number as id,
        changed_at as created_at,
        case
            when change_number = 1 then 'customer.subscription.created'
            when status = 'canceled' then 'customer.subscription.deleted'
            else 'customer.subscription.updated'
        end as type,
        subscription::json as object,
        case
            when earlier_items <> items
            then {'items': {'object': 'list', 'has_more': false, 'data': earlier_items}}::json
        end as previous_attributes
    from subscription_state
),

customer_events as (
    select
        'evt_' || customer_id || case when deleted_at is null then '-1' else '-2' end as id,
        seconds(valid_from) as created_at,
        case when deleted_at is null then 'customer.created' else 'customer.deleted' end as type,
        object::json as object,
        null::json as previous_attributes
    from customer_version
    group by all
),

events as (
    select * from subscription_events
    union all
    select * from customer_events
)

select
    id,
    created_at,
    {
        'id': id,
        'object': 'event',
        'type': type,
        'created': created_at,
        'livemode': true,
        'data': {'object': object, 'previous_attributes': previous_attributes}
    }::json as json
from events
