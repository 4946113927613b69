-- Grain: one row per line that comes with its invoice, and change of the invoice.
-- Scope: company
with

events as (
    select origin, stripe_event(payload) as event
    from raw.stripe__event
),

changes as (
    select
        origin,
        instant_of_seconds(event.created) as changed_at,
        event.type = 'invoice.deleted' as is_gone,
        unnest(stripe_lines(stripe_invoice(event.data.object))) as line
    from events
    where event.type like 'invoice.%' and event.type <> 'invoice.upcoming'
),

final as (
    select
        origin,
        unnest(line),
        changed_at as updated_at,
        case when is_gone then changed_at end as deleted_at
    from changes
)

select * from final
