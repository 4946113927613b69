-- Grain: one row per line that comes with its invoice, and reading of it.
-- Scope: company
with

invoices as (
    select origin, chargebee_invoice(payload -> '$.invoice') as invoice
    from raw.chargebee__invoice
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
