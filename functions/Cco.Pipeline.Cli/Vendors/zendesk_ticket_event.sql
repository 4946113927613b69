-- An update of a ticket with its events: the comment, and each field that was set or changed.
with

requests as (
    select ticket_id, author_contact_id as requester_id, update_number as creation_number
    from event
    where event_type = 'created'
),

replies as (
    select event_number from event where is_reply
),

assignees as (
    select ticket_id, max(assignee_employee_id) as assignee_id from ticket group by all
),

parts as (
    select
        event.*,
        event.update_number = requests.creation_number as is_creation,
        -- Who wrote a comment is known of those who asked, of notes, and of replies.
        case
            when event.author_role = 'system' then '-1'
            when event.author_employee_id is not null then event.author_employee_id
            when is_creation then requests.requester_id
            when event.event_type = 'comment' and replies.event_number is null
            then requests.requester_id
            else assignees.assignee_id
        end as updater_id,
        requests.requester_id
    from event
    left join requests on event.ticket_id = requests.ticket_id
    left join replies on event.event_number = replies.event_number
    left join assignees on event.ticket_id = assignees.ticket_id
    where not event.is_reply
),

children as (
    select
        *,
        json_merge_patch(
            json_object('id', event_number, 'via', 'Web form', 'via_reference_id', null),
            case
                when event_type = 'created'
                then json_object('event_type', 'Create', 'requester_id', cast(requester_id as bigint))
                when event_type = 'comment'
                then
                    json_object(
                        'event_type', 'Comment', 'comment_present', true, 'comment_public', is_public::boolean
                    )
                when event_type = 'status'
                then json_object('status', zendesk_status(new_value))
                when event_type = 'priority'
                then json_object('priority', new_value)
                when event_type = 'assignee'
                then json_object('assignee_id', cast(new_value as bigint))
                when event_type = 'team'
                then json_object('group_id', cast(new_value as bigint))
            end,
            case
                when event_type in ('created', 'comment') then '{}'
                when is_creation then json_object('event_type', 'Create')
                when event_type = 'status'
                then
                    json_object(
                        'event_type', 'Change', 'previous_value', zendesk_status(old_value)
                    )
                else json_object('event_type', 'Change', 'previous_value', old_value)
            end
        ) as child
    from parts
)

select
    cast(update_number as varchar) as id,
    seconds(occurred_at) as changed_at,
    {
        'id': update_number,
        'ticket_id': cast(ticket_id as bigint),
        'timestamp': seconds(occurred_at),
        'created_at': occurred_at,
        'updater_id': cast(any_value(updater_id) as bigint),
        'via': case when any_value(updater_id) = '-1' then 'Rule' else 'Web form' end,
        'event_type': 'Audit',
        'child_events': list(child order by event_number)
    }::json as json
from children
group by update_number, ticket_id, occurred_at
