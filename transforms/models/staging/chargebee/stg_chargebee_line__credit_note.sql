-- Grain: one row per line of a credit note of which not all come with it, and reading of it.
-- Scope: company
with

credit_notes as (
    select
        origin,
        chargebee_credit_note(
            json_merge_patch(
                payload -> '$._parent',
                json_object(
                    'linked_refunds', try_cast(payload ->> '$._parent.linked_refunds' as json),
                    'line_items', json_array(cast(payload as json))
                )
            )
        ) as credit_note
    from raw.chargebee__credit_note_line
),

-- A page does not say at which place its lines stand: their ids make their numbers.
lines as (
    select
        origin,
        struct_update(
            unnest(chargebee_credits(credit_note)),
            line_number := cast(md5_number_lower(credit_note.line_items[1].id) >> 1 as bigint)
        ) as line
    from credit_notes
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
