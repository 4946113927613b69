-- Grain: one row per line of a credit invoice with which all its lines come, and reading of it.
-- Scope: company
with

invoices as (
    select origin, recurly_invoice(payload) as invoice
    from raw.recurly__invoice
),

lines as (
    select origin, unnest(recurly_credits(invoice)) as line
    from invoices
    where not coalesce(invoice.has_more_line_items, false)
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
