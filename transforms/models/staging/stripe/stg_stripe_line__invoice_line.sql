-- Grain: one row per line of an invoice that has more lines than come with it, and reading of it.
-- Scope: company
with

invoices as (
    select
        origin,
        stripe_invoice(
            json_merge_patch(
                payload -> '$._parent',
                json_object('lines', json_object('data', json_array(cast(payload as json))))
            )
        ) as invoice
    from raw.stripe__invoice_line
),

lines as (
    select origin, unnest(stripe_lines(invoice)) as line
    from invoices
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
