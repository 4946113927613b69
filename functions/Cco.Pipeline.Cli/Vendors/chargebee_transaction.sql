-- A payment with the invoice it pays, or a refund with the credit note that gave it.
with

movements as (
    select *
    from payment
    qualify row_number() over (partition by payment_id order by updated_at desc) = 1
),

refunding_notes as (
    select payment_id, any_value(credit_note_id) as credit_note_id
    from credit_note
    where payment_id is not null
    group by all
)

select
    movements.payment_id as id,
    seconds(movements.updated_at) as updated_at,
    {
        'transaction': {
            'id': movements.payment_id,
            'object': 'transaction',
            'customer_id': movements.customer_id,
            'type': case movements.payment_type
                when 'chargeback' then 'payment_reversal'
                else movements.payment_type
            end,
            'status': case movements.status
                when 'succeeded' then 'success'
                when 'pending' then 'in_progress'
                when 'failed' then 'failure'
                when 'canceled' then 'voided'
            end,
            'payment_method': movements.payment_method,
            'gateway': 'not_applicable',
            'error_code': movements.failure_reason,
            'currency_code': movements.currency,
            'amount': minor(movements.amount, movements.currency),
            'date': seconds(movements.paid_at),
            'refunded_txn_id': case
                when movements.payment_type = 'refund' then movements.refunded_payment_id
            end,
            'reference_transaction_id': case
                when movements.payment_type = 'chargeback' then movements.refunded_payment_id
            end,
            'linked_invoices': [
                {'invoice_id': invoice}
                for invoice in [movements.invoice_id]
                if invoice is not null and movements.payment_type = 'payment'
            ],
            'linked_credit_notes': [
                {'cn_id': note, 'cn_reference_invoice_id': movements.invoice_id}
                for note in [refunding_notes.credit_note_id]
                if note is not null
            ],
            'updated_at': seconds(movements.updated_at),
            'deleted': false
        }
    }::json as json
from movements
left join refunding_notes on movements.payment_id = refunding_notes.payment_id
