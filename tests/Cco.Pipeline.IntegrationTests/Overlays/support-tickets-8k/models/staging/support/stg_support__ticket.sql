-- Grain: one row per ticket.
-- "First Response Time" and "Time to Resolution" are instants in spite of their names. About half
-- of the resolutions come before the response: both are kept, and fct_ticket flags them. Nothing
-- says when a ticket was created; the date of purchase is not that.
with

final as (
    select
        -- keys
        origin,
        'support' as source,
        payload ->> '$."Ticket ID"' as ticket_id,
        payload ->> '$."Customer Email"' as requester_email,

        -- attributes
        payload ->> '$."Ticket Subject"' as subject,
        replace(lower(payload ->> '$."Ticket Type"'), ' ', '_') as ticket_type,
        replace(lower(payload ->> '$."Ticket Subject"'), ' ', '_') as topic,
        replace(lower(payload ->> '$."Ticket Channel"'), ' media', '') as channel,
        case payload ->> '$."Ticket Priority"'
            when 'Medium' then 'normal'
            when 'Critical' then 'urgent'
            else lower(payload ->> '$."Ticket Priority"')
        end as priority,
        case payload ->> '$."Ticket Status"'
            when 'Pending Customer Response' then 'pending'
            else lower(payload ->> '$."Ticket Status"')
        end as status,

        -- times
        payload ->> '$."First Response Time"' as first_replied_at,
        payload ->> '$."Time to Resolution"' as solved_at
    from raw.support__ticket
)

select * from final
