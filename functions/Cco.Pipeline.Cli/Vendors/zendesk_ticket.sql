-- A ticket as it is now, with its metrics.
select
    ticket_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': cast(ticket_id as bigint),
        'subject': subject,
        'raw_subject': subject,
        'type': ticket_type,
        'status': zendesk_status(status),
        'priority': priority,
        'requester_id': cast(contact_id as bigint),
        'submitter_id': cast(contact_id as bigint),
        'assignee_id': cast(assignee_employee_id as bigint),
        'organization_id': cast(customer_id as bigint),
        'group_id': cast(team as bigint),
        'tags': case when merged_into_ticket_id is null then [] else ['closed_by_merge'] end,
        'via': {'channel': case channel when 'phone' then 'voice' else channel end},
        'created_at': created_at,
        'updated_at': updated_at,
        'generated_timestamp': seconds(updated_at),
        'metric_set': {
            'ticket_id': cast(ticket_id as bigint),
            'replies': cast(reply_count as bigint),
            'reopens': cast(reopen_count as bigint),
            'solved_at': solved_at,
            'status_updated_at': coalesce(closed_at, updated_at),
            'reply_time_in_minutes': {'calendar': minutes_between(created_at, first_replied_at)},
            'first_resolution_time_in_minutes': {
                'calendar': minutes_between(created_at, first_solved_at)
            }
        }
    }::json as json
from ticket
qualify row_number() over (partition by ticket_id order by updated_at desc) = 1
