-- A credit note with its line, and the refund that paid it out.
select
    credit_note_id as id,
    seconds(credit_note_date) as created_at,
    {
        'id': credit_note_id,
        'object': 'credit_note',
        'invoice': invoice_id,
        'customer': customer_id,
        'status': credit_note_status,
        'type': 'post_payment',
        'reason': reason,
        'currency': lower(currency),
        'created': seconds(credit_note_date),
        'effective_at': seconds(credit_note_date),
        'livemode': true,
        'customer_balance_transaction': null,
        'out_of_band_amount': case
            when settlement = 'outside'
            then minor(amount, currency) + minor(tax_amount, currency)
        end,
        'refunds': [
            {'refund': refund}
            for refund in [payment_id]
            if refund is not null
        ],
        'lines': {
            'object': 'list',
            'has_more': false,
            'data': [
                {
                    'id': 'cnli_' || credit_note_id,
                    'object': 'credit_note_line_item',
                    'invoice_line_item': invoice_line_id,
                    'amount': minor(amount, currency),
                    'discount_amount': 0,
                    'taxes': [{'amount': minor(tax_amount, currency), 'tax_behavior': 'exclusive'}]
                }
            ]
        }
    }::json as json
from credit_note
