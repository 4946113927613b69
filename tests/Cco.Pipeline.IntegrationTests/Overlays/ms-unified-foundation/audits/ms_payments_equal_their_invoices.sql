-- Every invoice has one payment over exactly its amount and tax, and every payment has its invoice.
with

invoices as (
    select
        source,
        invoice_id,
        sum(amount + tax_amount) as total_amount
    from invoice_line
    where source = 'ms'
    group by all
),

payments as (
    select
        source,
        invoice_id,
        sum(amount) as paid_amount
    from payment
    where source = 'ms'
    group by all
)

select
    source,
    invoice_id,
    invoices.total_amount,
    payments.paid_amount
from invoices
full join payments using (source, invoice_id)
where invoices.total_amount is distinct from payments.paid_amount
