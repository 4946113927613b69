-- Grain: one row per line that comes with its charge invoice, and reading of it.
-- Scope: company
with

invoices as (
    select origin, recurly_invoice(payload) as invoice
    from raw.recurly__invoice
),

lines as (
    select origin, unnest(recurly_lines(invoice)) as line
    from invoices
    where coalesce(invoice.type, '') <> 'credit'
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
