-- Grain: one row per conversation that was rated and reading of it.
-- Scope: company
with

conversations as (
    select origin, intercom_conversation(payload) as conversation
    from raw.intercom__conversation
),

ratings as (
    select origin, conversation, conversation.conversation_rating as rating
    from conversations
    where conversation.conversation_rating.rating is not null
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        conversation.id as survey_response_id,
        conversation.id as survey_invitation_id,
        conversation.company.id as customer_id,
        coalesce(rating.contact.id, conversation.contacts.contacts[1].id) as contact_id,
        intercom_rated_admin(rating) as employee_id,
        conversation.id as ticket_id,

        -- attributes
        'csat' as survey_type,
        'transactional' as survey_kind,
        nullif(trim(rating.remark), '') as comment_text,

        -- measures
        rating.rating as score,
        1 as scale_min,
        5 as scale_max,

        -- times
        instant_of_seconds(coalesce(rating.updated_at, rating.created_at)) as answered_at,
        instant_of_seconds(conversation.updated_at) as updated_at
    from ratings
)

select * from final
