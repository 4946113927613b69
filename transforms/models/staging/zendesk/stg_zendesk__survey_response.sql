-- Grain: one row per answered satisfaction survey of a ticket and reading of it.
-- Scope: company
with

ratings as (
    select origin, zendesk_satisfaction_rating(payload) as rating
    from raw.zendesk__satisfaction_rating
),

answers as (
    select origin, rating as answer
    from ratings
    where rating.score is null or rating.score not in ('offered', 'unoffered')
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        answer.id as survey_response_id,
        answer.id as survey_invitation_id,
        answer.requester_id as contact_id,
        answer.assignee_id as employee_id,
        answer.ticket_id as ticket_id,

        -- attributes
        'csat' as survey_type,
        'transactional' as survey_kind,
        answer.comment as comment_text,

        -- measures
        case answer.score when 'good' then '1' when 'bad' then '0' else answer.score end as score,
        0 as scale_min,
        1 as scale_max,

        -- times
        answer.updated_at as answered_at,
        answer.updated_at as updated_at
    from answers
)

select * from final
