-- Grain: one row per line of a charge invoice of which not all come with it, and reading of it.
-- Scope: company
with

invoices as (
    select origin, recurly_invoice_of_line(payload) as invoice
    from raw.recurly__invoice_line
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
