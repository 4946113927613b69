-- Grain: one row per line that comes with its invoice, and reading of it.
-- Scope: company
with

invoices as (
    select origin, stripe_invoice(payload) as invoice
    from raw.stripe__invoice
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
