-- Grain: one row per line of an invoice of which not all come with it, and reading of it.
-- Scope: company
with

invoices as (
    select
        origin,
        chargebee_invoice(
            json_merge_patch(
                payload -> '$._parent',
                json_object('line_items', json_array(cast(payload as json)))
            )
        ) as invoice
    from raw.chargebee__invoice_line
),

lines as (
    select origin, unnest(chargebee_lines(invoice)) as line
    from invoices
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
