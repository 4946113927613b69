-- Grain: one row per line of a credit invoice of which not all come with it, and reading of it.
-- Scope: company
with

invoices as (
    select origin, recurly_invoice_of_line(payload) as invoice
    from raw.recurly__invoice_line
),

lines as (
    select
        origin,
        struct_update(
            unnest(recurly_credits(invoice)),
            line_number := cast(md5_number_lower(invoice.line_items[1].id) >> 1 as bigint)
        ) as line
    from invoices
),

final as (
    select origin, unnest(line)
    from lines
)

select * from final
