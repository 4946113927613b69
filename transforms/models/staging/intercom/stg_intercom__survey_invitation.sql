-- Grain: one row per conversation whose customer was asked for a rating and reading of it.
-- Scope: company
with

conversations as (
    select origin, intercom_conversation(payload) as conversation
    from raw.intercom__conversation
),

requests as (
    select origin, conversation, conversation.conversation_rating as request
    from conversations
    where conversation.conversation_rating.created_at is not null
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        conversation.id as survey_invitation_id,
        conversation.company.id as customer_id,
        coalesce(request.contact.id, conversation.contacts.contacts[1].id) as contact_id,
        intercom_rated_admin(request) as employee_id,
        conversation.id as ticket_id,

        -- attributes
        'csat' as survey_type,
        'transactional' as survey_kind,
        'delivered' as status,

        -- times
        instant_of_seconds(request.created_at) as sent_at,
        instant_of_seconds(conversation.updated_at) as updated_at
    from requests
)

select * from final
