-- A conversation with all of its parts. What the sample's customers write first has no text.
with

events as (
    select
        *,
        intercom_state(new_value) as new_state,
        case
            when author_employee_id is not null
            then {'type': 'admin', 'id': author_employee_id}
            when author_contact_id is not null
            then {'type': 'user', 'id': author_contact_id}
            else {'type': 'bot', 'id': 'operator'}
        end as author
    from ticket_event
    group by all
),

askers as (
    select
        events.ticket_id,
        contact.contact_id,
        contact.customer_id
    from events
    inner join contact on events.author_contact_id = contact.contact_id
    where event_type = 'created'
    group by all
),

timed_events as (
    select
        *,
        coalesce(
            last_value(
                case when event_type = 'status' then new_state end ignore nulls
            ) over (
                partition by ticket_id
                order by occurred_at, ticket_event_id
                rows between unbounded preceding and current row
            ),
            'open'
        ) as state
    from events
),

parts as (
    select
        ticket_id,
        list(
            {
                'type': 'conversation_part',
                'id': ticket_event_id,
                'part_type': case
                    when event_type = 'assignee' then 'assignment'
                    when event_type = 'comment' and is_public = 'true' then 'comment'
                    when event_type = 'comment' then 'note'
                    when new_state = 'closed' then 'close'
                    else new_state
                end,
                'body': case when event_type = 'comment' then '<p>A text</p>' end,
                'created_at': seconds(occurred_at),
                'updated_at': seconds(occurred_at),
                'assigned_to': case
                    when event_type = 'assignee' then {'type': 'admin', 'id': new_value}
                end,
                'author': author,
                'state': state
            }
            order by occurred_at, ticket_event_id
        ) as conversation_parts
    from timed_events
    -- Several words of the sample's are one state; a change from one to another shows nowhere.
    where event_type in ('comment', 'assignee')
        or (event_type = 'status' and new_state <> intercom_state(old_value))
    group by all
),

requests as (
    select survey_invitation_id, ticket_id, employee_id, sent_at
    from survey_invitation
    where survey_type = 'csat' and ticket_id is not null and status = 'delivered'
    group by all
),

-- The last answer; thumbs are the ends of the scale.
answers as (
    select
        survey_invitation_id,
        case when scale_max = '1' then 1 + 4 * cast(score as bigint) else cast(score as bigint) end
            as rating,
        comment_text,
        answered_at
    from survey_response
    qualify row_number() over (partition by survey_invitation_id order by answered_at desc) = 1
),

tickets as (
    select *
    from ticket
    qualify row_number() over (partition by ticket_id order by updated_at desc) = 1
),

conversations as (
    select
        tickets.*,
        askers.contact_id as asker_id,
        askers.customer_id as company_id,
        requests.employee_id as rated_id,
        sent_at,
        rating,
        comment_text,
        answered_at,
        conversation_parts,
        intercom_state(status) as state,
        greatest(updated_at, coalesce(sent_at, ''), coalesce(answered_at, '')) as changed_at
    from tickets
    inner join askers on tickets.ticket_id = askers.ticket_id
    left join parts on tickets.ticket_id = parts.ticket_id
    left join requests on tickets.ticket_id = requests.ticket_id
    left join answers on requests.survey_invitation_id = answers.survey_invitation_id
)

select
    ticket_id as id,
    seconds(changed_at) as changed_second,
    {
        'type': 'conversation',
        'id': ticket_id,
        'title': subject,
        'created_at': seconds(created_at),
        'updated_at': seconds(changed_at),
        'source': {
            'type': case channel
                when 'email' then 'email'
                when 'phone' then 'phone_call'
                else 'conversation'
            end,
            'id': ticket_id,
            'delivered_as': 'customer_initiated',
            'subject': '',
            'body': '',
            'author': {'type': 'user', 'id': asker_id, 'email': requester_email}
        },
        'contacts': {
            'type': 'contact.list', 'contacts': [{'type': 'contact', 'id': asker_id}]
        },
        'first_contact_reply': {'created_at': seconds(created_at), 'type': 'conversation'},
        'admin_assignee_id': assignee_employee_id,
        'team_assignee_id': team,
        'company': {'type': 'company', 'id': company_id},
        'open': state <> 'closed',
        'state': state,
        'priority': case
            when priority in ('high', 'urgent') then 'priority'
            else 'not_priority'
        end,
        'statistics': {
            'type': 'conversation_statistics',
            'first_contact_reply_at': seconds(created_at),
            'first_admin_reply_at': seconds(first_replied_at),
            'first_close_at': seconds(coalesce(first_solved_at, closed_at)),
            'last_close_at': seconds(coalesce(solved_at, closed_at)),
            'count_reopens': cast(reopen_count as bigint),
            'adjusted_handling_time': cast(60 * cast(handling_minutes as decimal(18, 4)) as bigint)
        },
        'conversation_rating': case
            when sent_at is not null
            then
                {
                    'rating': rating,
                    'remark': comment_text,
                    'created_at': seconds(sent_at),
                    'updated_at': seconds(answered_at),
                    'contact': {'type': 'contact', 'id': asker_id},
                    'teammate': {'type': 'admin', 'id': rated_id}
                }
        end,
        'conversation_parts': {
            'type': 'conversation_part.list',
            'conversation_parts': coalesce(conversation_parts, []),
            'total_count': coalesce(len(conversation_parts), 0)
        }
    }::json as json
from conversations
