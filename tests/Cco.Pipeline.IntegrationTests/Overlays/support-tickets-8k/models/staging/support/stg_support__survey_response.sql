-- Grain: one row per rated ticket.
-- Nothing says when a ticket was rated. Only closed tickets are, so their resolution is the
-- closest instant known.
with

final as (
    select
        -- keys
        origin,
        'support' as source,
        payload ->> '$."Ticket ID"' as survey_response_id,
        payload ->> '$."Customer Email"' as respondent_email,
        payload ->> '$."Ticket ID"' as ticket_id,

        -- attributes
        'csat' as survey_type,
        'transactional' as survey_kind,
        'support' as journey_step,
        replace(lower(payload ->> '$."Ticket Channel"'), ' media', '') as channel,

        -- measures
        payload ->> '$."Customer Satisfaction Rating"' as score,
        1::decimal(18, 4) as scale_min,
        5::decimal(18, 4) as scale_max,

        -- times
        payload ->> '$."Time to Resolution"' as answered_at
    from raw.support__ticket
    where payload ->> '$."Customer Satisfaction Rating"' <> ''
)

select * from final
