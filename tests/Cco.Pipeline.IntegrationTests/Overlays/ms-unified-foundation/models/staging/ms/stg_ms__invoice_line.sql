-- Grain: one row per invoice: its one line is the whole of it.
-- The positions of an order name neither invoice, customer nor day, so they cannot be lines by
-- themselves; they add up to the invoice, and a line for each would double it. No invoice names
-- its currency: all orders and accounts are in USD.
with

final as (
    select
        -- keys
        origin,
        'ms' as source,
        payload ->> '$.InvoiceId' as invoice_line_id,
        payload ->> '$.InvoiceId' as invoice_id,
        payload ->> '$.CustomerId' as customer_id,

        -- attributes
        'one_off' as line_type,
        case payload ->> '$.InvoiceStatus'
            when 'Issued' then 'open'
            when 'Cancelled' then 'void'
            else payload ->> '$.InvoiceStatus'
        end as invoice_status,
        payload ->> '$.InvoiceNumber' as description,
        'USD' as currency,

        -- measures
        payload ->> '$.SubTotal' as amount,
        payload ->> '$.TaxAmount' as tax_amount,

        -- times
        payload ->> '$.InvoiceDate' as invoice_date,
        payload ->> '$.DueDate' as due_date
    from raw.ms__invoice
)

select * from final
