-- Grain: one row per ticket made, comment, and field that an update of a ticket set or changed.
-- Scope: company
with

updates as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "ticket_id": "VARCHAR", "updater_id": "VARCHAR", "created_at": "VARCHAR",
                "child_events": ["JSON"]
            }'
        ) as audit
    from raw.zendesk__ticket_event
),

audits as (
    select
        origin,
        audit,
        [
            struct_insert(
                json_transform(
                    child,
                    '{
                        "id": "VARCHAR", "event_type": "VARCHAR", "comment_public": "VARCHAR", "status": "VARCHAR",
                        "priority": "VARCHAR", "assignee_id": "VARCHAR", "group_id": "VARCHAR", "requester_id": "VARCHAR",
                        "previous_value": "VARCHAR"
                    }'
                ),
                names := json_keys(child)
            )
            for child in audit.child_events
        ] as children
    from updates
),

-- Whether the update made the ticket, and who asked for it; both are said only then.
requests as (
    select
        origin,
        audit,
        children,
        list_filter(
            children,
            lambda child: child.event_type = 'Create' and child.requester_id is not null
        )[1].requester_id as requester_id,
        len(
            list_filter(
                children, lambda child: child.event_type = 'Create' and child.status is not null
            )
        ) > 0 as is_creation
    from audits
),

parts as (
    select origin, audit, requester_id, unnest(children) as part
    from requests
),

-- Which field a part is about is said by the name that its value has.
named_parts as (
    select
        origin,
        audit,
        requester_id,
        part,
        case
            when part.event_type in ('Comment', 'FacebookComment', 'VoiceComment') then 'comment'
            when part.event_type not in ('Create', 'Change') then null
            when list_contains(part.names, 'status') then 'status'
            when list_contains(part.names, 'priority') then 'priority'
            when list_contains(part.names, 'assignee_id') then 'assignee'
            when list_contains(part.names, 'group_id') then 'team'
        end as event_type
    from parts
),

events as (
    select
        origin,
        audit,
        requester_id,
        'update-' || audit.id as ticket_event_id,
        'created' as event_type,
        null as old_value,
        null as new_value,
        true as is_public
    from requests
    where is_creation
    union all
    select
        origin,
        audit,
        requester_id,
        'update-' || part.id as ticket_event_id,
        event_type,
        case event_type
            when 'status' then zendesk_status(nullif(part.previous_value, 'deleted'))
            when 'priority' then nullif(part.previous_value, '0')
            else part.previous_value
        end as old_value,
        case event_type
            when 'status' then zendesk_status(part.status)
            when 'priority' then nullif(part.priority, '0')
            when 'assignee' then part.assignee_id
            when 'team' then part.group_id
        end as new_value,
        coalesce(try_cast(part.comment_public as boolean), true) as is_public
    from named_parts
    where event_type is not null
),

-- Deletion is no status. A field that was left empty when the ticket was made is no change.
told_events as (
    select *
    from events
    where event_type in ('created', 'comment')
        or (coalesce(old_value, new_value) is not null and new_value is distinct from 'deleted')
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        ticket_event_id,
        audit.ticket_id as ticket_id,
        -- An internal note is an agent's. Of later public comments it is not said which side wrote
        -- them: agents' replies come from stg_zendesk_metric__ticket_event.
        case when not is_public and audit.updater_id <> '-1' then audit.updater_id end
            as author_employee_id,
        case when is_public and audit.updater_id = requester_id then requester_id end
            as author_contact_id,

        -- attributes
        event_type,
        case when audit.updater_id = '-1' then 'system' end as author_role,
        old_value,
        new_value,

        -- flags
        is_public,

        -- times
        audit.created_at as occurred_at
    from told_events
)

select * from final
