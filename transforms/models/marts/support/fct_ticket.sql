-- Grain: one row per ticket.
-- Scope: company
with

tickets as (
    select * from ticket
),

final as (
    select
        -- keys
        source,
        ticket_id,
        customer_id,
        assignee_employee_id,

        -- attributes
        ticket_type,
        topic,
        channel,
        team,
        priority,
        status,

        -- flags
        is_spam,
        merged_into_ticket_id is not null as is_merged,
        deleted_at is not null as is_deleted,
        coalesce(coalesce(first_solved_at, solved_at) < first_replied_at, false)
            as has_resolution_before_reply,

        -- times
        created_at,
        first_replied_at,
        solved_at,
        closed_at
    from tickets
)

select * from final
