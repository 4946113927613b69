-- Grain: one row per satisfaction survey that was offered for a ticket and reading of it.
-- Scope: company
with

ratings as (
    select origin, zendesk_satisfaction_rating(payload) as rating
    from raw.zendesk__satisfaction_rating
),

offers as (
    select origin, rating as offer
    from ratings
    where rating.score is distinct from 'unoffered'
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        offer.id as survey_invitation_id,
        offer.requester_id as contact_id,
        offer.assignee_id as employee_id,
        offer.ticket_id as ticket_id,

        -- attributes
        'csat' as survey_type,
        'transactional' as survey_kind,
        'delivered' as status,

        -- times
        offer.created_at as sent_at,
        offer.updated_at as updated_at
    from offers
)

select * from final
