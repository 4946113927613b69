-- Grain: one row per ticket and reading of it.
-- Scope: company
with

tickets as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "organization_id": "VARCHAR", "requester_id": "VARCHAR", "assignee_id": "VARCHAR",
                "group_id": "VARCHAR", "subject": "VARCHAR", "type": "VARCHAR", "priority": "VARCHAR", "status": "VARCHAR",
                "tags": ["VARCHAR"], "via": {"channel": "VARCHAR"}, "created_at": "VARCHAR", "updated_at": "VARCHAR",
                "metric_set": {
                    "replies": "VARCHAR", "reopens": "VARCHAR", "solved_at": "VARCHAR", "status_updated_at": "VARCHAR",
                    "reply_time_in_minutes": {"calendar": "VARCHAR"},
                    "first_resolution_time_in_minutes": {"calendar": "VARCHAR"}
                }
            }'
        ) as ticket
    from raw.zendesk__ticket
),

clocks as (
    select
        origin,
        ticket,
        cast(try_cast(ticket.created_at as timestamptz) as timestamp) as created_at,
        try_cast(ticket.metric_set.reply_time_in_minutes.calendar as bigint) as reply_minutes,
        try_cast(ticket.metric_set.first_resolution_time_in_minutes.calendar as bigint)
            as first_resolution_minutes
    from tickets
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        ticket.id as ticket_id,
        ticket.organization_id as customer_id,
        ticket.requester_id as contact_id,
        ticket.assignee_id as assignee_employee_id,
        -- A tag says that the ticket was merged, nothing says into which.
        case when list_contains(ticket.tags, 'closed_by_merge') then 'unknown' end
            as merged_into_ticket_id,

        -- attributes
        ticket.subject as subject,
        ticket.type as ticket_type,
        case
            when ticket.via.channel in ('web', 'help_center', 'web_form', 'web_widget') then 'web'
            when ticket.via.channel in ('chat', 'native_messaging', 'messaging') then 'chat'
            when ticket.via.channel in ('voice', 'phone') then 'phone'
            when ticket.via.channel in ('mobile', 'mobile_sdk') then 'app'
            when ticket.via.channel in (
                'facebook', 'instagram_dm', 'line', 'telegram', 'twitter', 'twitter_dm', 'whatsapp'
            )
            then 'social'
            else ticket.via.channel
        end as channel,
        ticket.group_id as team,
        ticket.priority as priority,
        zendesk_status(ticket.status) as status,

        -- measures
        ticket.metric_set.replies as reply_count,
        ticket.metric_set.reopens as reopen_count,

        -- times
        ticket.created_at as created_at,
        try(created_at + to_minutes(reply_minutes)) as first_replied_at,
        try(created_at + to_minutes(first_resolution_minutes)) as first_solved_at,
        ticket.metric_set.solved_at as solved_at,
        case when ticket.status = 'closed' then ticket.metric_set.status_updated_at end
            as closed_at,
        ticket.updated_at as updated_at
    from clocks
)

select * from final
