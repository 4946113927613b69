-- Grain: one row per ticket asked for, comment, and change of state, teammate or team.
-- Scope: company
with

conversations as (
    select origin, intercom_conversation(payload) as conversation
    from raw.intercom__conversation_history
),

-- A message that was sent to the customer becomes a ticket with the first answer.
openings as (
    select
        origin,
        conversation.id as ticket_id,
        'conversation-' || conversation.id as prefix,
        conversation.source.delivered_as = 'customer_initiated' as is_by_customer,
        case when is_by_customer then conversation.source.author end as author,
        conversation.source.body as body,
        instant_of_seconds(intercom_asked_at(conversation)) as occurred_at
    from conversations
    where intercom_asked_at(conversation) is not null
),

listed_parts as (
    select
        origin,
        conversation.id as ticket_id,
        unnest(conversation.conversation_parts.conversation_parts) as part
    from conversations
),

parts as (
    select
        origin,
        ticket_id,
        part,
        'part-' || part.id as prefix,
        part.author as author,
        part.part_type like 'note%' as is_note,
        case
            when part.part_type = 'close' then 'closed'
            when part.part_type in ('open', 'unsnoozed', 'timer_unsnooze') then 'open'
            when part.part_type = 'snoozed' then 'snoozed'
            else part.state
        end as state,
        instant_of_seconds(part.created_at) as occurred_at
    from listed_parts
),

states as (
    select
        *,
        lag(state, 1, 'open') over (
            partition by origin
            order by occurred_at, try_cast(part.id as bigint), part.id
        ) as previous_state
    from parts
    where state is not null
),

events as (
    select
        origin,
        ticket_id,
        prefix || '-created' as ticket_event_id,
        author,
        'created' as event_type,
        null as old_value,
        null as new_value,
        true as is_public,
        occurred_at
    from openings
    union all
    select origin, ticket_id, prefix || '-source', author, 'comment', null, null, true, occurred_at
    from openings
    where is_by_customer and nullif(body, '') is not null
    union all
    select origin, ticket_id, prefix || '-status', author, 'status', null, 'open', true, occurred_at
    from openings
    union all
    select
        origin,
        ticket_id,
        prefix || '-comment',
        author,
        'comment',
        null,
        null,
        not is_note,
        occurred_at
    from parts
    where nullif(part.body, '') is not null
    union all
    select
        origin,
        ticket_id,
        prefix || '-status',
        author,
        'status',
        intercom_status(previous_state),
        intercom_status(state),
        true,
        occurred_at
    from states
    where state <> previous_state
    union all
    select
        origin,
        ticket_id,
        prefix || '-assignee',
        author,
        'assignee',
        null,
        case when part.assigned_to.type = 'admin' then part.assigned_to.id end,
        true,
        occurred_at
    from parts
    where part.assigned_to.type in ('admin', 'nobody_admin')
    union all
    select
        origin,
        ticket_id,
        prefix || '-team',
        author,
        'team',
        null,
        part.assigned_to.id,
        true,
        occurred_at
    from parts
    where part.assigned_to.type = 'team'
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        ticket_event_id,
        ticket_id,
        case when author.type = 'admin' then author.id end as author_employee_id,
        case when intercom_is_contact(author) then author.id end as author_contact_id,

        -- attributes
        event_type,
        old_value,
        new_value,

        -- flags
        is_public,

        -- times
        occurred_at
    from events
)

select * from final
