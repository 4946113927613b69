-- An attempt to take money for an invoice, or money given back by a credit invoice.
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
),

placed_movements as (
    select
        movements.*,
        case
            when movements.payment_type = 'refund' then refunding_notes.credit_note_id
            else movements.invoice_id
        end as transaction_invoice_id
    from movements
    left join refunding_notes on movements.payment_id = refunding_notes.payment_id
)

select
    payment_id as id,
    seconds(updated_at) as updated_at,
    {
        'id': payment_id,
        'object': 'transaction',
        'original_transaction_id': refunded_payment_id,
        'account': {'id': customer_id, 'object': 'account'},
        'invoice': case
            when transaction_invoice_id is not null
            then {'id': transaction_invoice_id, 'object': 'invoice'}
        end,
        'type': if(payment_type = 'payment', 'purchase', 'refund'),
        'origin': case payment_type
            when 'payment' then 'recurring'
            when 'refund' then 'api'
            else payment_type
        end,
        'currency': currency,
        'amount': cast(amount as decimal(18, 4)),
        'status': case status
            when 'succeeded' then 'success'
            when 'failed' then 'declined'
            when 'canceled' then 'void'
            else status
        end,
        'success': status = 'succeeded',
        'payment_method': {
            'object': case payment_method
                when 'card' then 'credit_card'
                else 'bank_account_info'
            end
        },
        'status_code': failure_reason,
        'created_at': paid_at,
        'collected_at': case when status = 'succeeded' then paid_at end,
        'updated_at': updated_at
    }::json as json
from placed_movements
