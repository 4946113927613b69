-- A credit note with its line, and the refund that paid it out. What was given back outside of
-- it is not known to Chargebee.
select
    credit_note_id as id,
    seconds(updated_at) as updated_at,
    {
        'credit_note': {
            'id': credit_note_id,
            'object': 'credit_note',
            'customer_id': customer_id,
            'reference_invoice_id': invoice_id,
            'type': if(settlement = 'invoice', 'adjustment', 'refundable'),
            'status': case settlement
                when 'invoice' then 'adjusted'
                when 'refund' then 'refunded'
                else 'refund_due'
            end,
            'create_reason_code': reason,
            'price_type': 'tax_exclusive',
            'currency_code': currency,
            'date': seconds(credit_note_date),
            'updated_at': seconds(updated_at),
            'deleted': false,
            'linked_refunds': [
                {'txn_id': refund, 'txn_status': 'success'}
                for refund in [payment_id]
                if refund is not null
            ],
            'line_items': [
                {
                    'id': 'cnli_' || credit_note_id,
                    'object': 'line_item',
                    'amount': minor(amount, currency),
                    'discount_amount': 0,
                    'tax_amount': minor(tax_amount, currency),
                    'reference_line_item_id': invoice_line_id
                }
            ]
        }
    }::json as json
from credit_note
where settlement <> 'outside'
