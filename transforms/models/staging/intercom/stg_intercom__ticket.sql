-- Grain: one row per conversation and reading of it.
-- Scope: company
with

conversations as (
    select origin, intercom_conversation(payload) as conversation
    from raw.intercom__conversation
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        conversation.id as ticket_id,
        conversation.company.id as customer_id,
        conversation.contacts.contacts[1].id as contact_id,
        case
            when intercom_is_contact(conversation.source.author)
            then conversation.source.author.email
        end as requester_email,
        nullif(conversation.admin_assignee_id, '0') as assignee_employee_id,

        -- attributes
        coalesce(
            conversation.title,
            nullif(trim(regexp_replace(conversation.source.subject, '<[^>]*>', '', 'g')), '')
        ) as subject,
        case
            when conversation.source.type = 'conversation' then 'chat'
            when conversation.source.type = 'push' then 'app'
            when conversation.source.type in ('phone_call', 'phone_switch') then 'phone'
            when conversation.source.type in ('facebook', 'instagram', 'twitter', 'whatsapp')
            then 'social'
            else conversation.source.type
        end as channel,
        nullif(conversation.team_assignee_id, '0') as team,
        case conversation.priority
            when 'priority' then 'high'
            when 'not_priority' then 'normal'
            else conversation.priority
        end as priority,
        intercom_status(conversation.state) as status,

        -- measures
        conversation.statistics.count_reopens as reopen_count,
        cast(
            try_cast(conversation.statistics.adjusted_handling_time as decimal(18, 4)) / 60
            as decimal(18, 4)
        ) as handling_minutes,

        -- times
        instant_of_seconds(intercom_asked_at(conversation)) as created_at,
        instant_of_seconds(conversation.statistics.first_admin_reply_at) as first_replied_at,
        instant_of_seconds(conversation.statistics.first_close_at) as first_solved_at,
        instant_of_seconds(conversation.statistics.last_close_at) as solved_at,
        instant_of_seconds(conversation.updated_at) as updated_at
    from conversations
)

select * from final
