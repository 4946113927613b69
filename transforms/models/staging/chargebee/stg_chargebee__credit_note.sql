-- Grain: one row per line of a credit note with which all its lines come, and reading of it.
-- Scope: company
with

credit_notes as (
    select origin, chargebee_credit_note(payload -> '$.credit_note') as credit_note
    from raw.chargebee__credit_note
),

lines as (
    select origin, unnest(chargebee_credits(credit_note)) as line
    from credit_notes
    where credit_note.line_items_next_offset is null
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
