-- A charge invoice with all its lines, or a credit invoice with its line and the refund that paid
-- it out.
with

charge_lines as (
    select
        *,
        cast(regexp_extract(invoice_line_id, '-(\d+)(-u)?$', 1) as bigint) as place,
        {
            'id': invoice_line_id,
            'object': 'line_item',
            'type': if(line_type = 'credit', 'credit', 'charge'),
            'origin': case
                when line_type = 'credit' then 'credit'
                when is_plan(product_id) then 'plan'
                else 'add_on'
            end,
            'state': 'invoiced',
            'subscription_id': subscription_id,
            'plan_id': case when is_plan(product_id) then plan_id end,
            'add_on_id': case when not is_plan(product_id) then plan_id end,
            'item_id': case when not is_plan(product_id) then product_id end,
            'credit_reason_code': if(line_type = 'credit', 'general', null),
            'description': description,
            'currency': currency,
            'quantity': cast(cast(quantity as decimal) as bigint),
            'subtotal': cast(amount as decimal(18, 4)) + cast(discount_amount as decimal(18, 4)),
            'discount': cast(discount_amount as decimal(18, 4)),
            'tax': cast(tax_amount as decimal(18, 4)),
            'tax_inclusive': false,
            'proration_rate': case line_type
                when 'recurring' then 1.0
                when 'proration' then 0.5
            end,
            'start_date': instant_of(service_start_date),
            'end_date': instant_of(service_end_date),
            'created_at': instant_of(invoice_date)
        } as line
    from invoice_line
    qualify row_number() over (partition by invoice_line_id order by updated_at desc) = 1
),

charges as (
    select
        invoice_id,
        any_value(customer_id) as customer_id,
        any_value(invoice_status) as invoice_status,
        any_value(currency) as currency,
        any_value(invoice_date) as invoice_date,
        any_value(due_date) as due_date,
        max(updated_at) as updated_at,
        list(line order by place) as lines
    from charge_lines
    group by all
),

charge_invoices as (
    select
        invoice_id as id,
        updated_at,
        {
            'id': invoice_id,
            'object': 'invoice',
            'type': 'charge',
            'origin': 'renewal',
            'state': case invoice_status
                when 'open' then 'pending'
                when 'uncollectible' then 'failed'
                when 'void' then 'voided'
                else invoice_status
            end,
            'account': {'id': customer_id, 'object': 'account'},
            'currency': currency,
            'previous_invoice_id': null,
            'has_more_line_items': false,
            'line_items': lines,
            'transactions': [],
            'credit_payments': [],
            'created_at': instant_of(invoice_date),
            'updated_at': updated_at,
            'due_at': instant_of(due_date)
        }::json as invoice
    from charges
),

credit_invoices as (
    select
        credit_note_id as id,
        updated_at,
        {
            'id': credit_note_id,
            'object': 'invoice',
            'type': 'credit',
            'origin': case settlement
                when 'refund' then 'line_item_refund'
                when 'outside' then 'external_refund'
                when 'invoice' then 'write_off'
                else 'credit'
            end,
            'state': 'closed',
            'account': {'id': customer_id, 'object': 'account'},
            'currency': currency,
            'previous_invoice_id': invoice_id,
            'has_more_line_items': false,
            'line_items': [
                {
                    'id': 'cl_' || credit_note_id,
                    'object': 'line_item',
                    'type': 'credit',
                    'origin': 'credit',
                    'credit_reason_code': 'refund',
                    'previous_line_item_id': invoice_line_id,
                    'original_line_item_invoice_id': invoice_id,
                    'currency': currency,
                    'quantity': -1,
                    'subtotal': -cast(amount as decimal(18, 4)),
                    'discount': 0,
                    'tax': -cast(tax_amount as decimal(18, 4)),
                    'tax_inclusive': false,
                    'created_at': instant_of(credit_note_date)
                }
            ],
            'transactions': [
                {'id': refund, 'object': 'transaction', 'type': 'refund', 'status': 'success'}
                for refund in [payment_id]
                if refund is not null
            ],
            'credit_payments': [],
            'created_at': instant_of(credit_note_date),
            'updated_at': updated_at,
            'due_at': null
        }::json as invoice
    from credit_note
),

invoices as (
    select * from charge_invoices
    union all
    select * from credit_invoices
)

select id, seconds(updated_at) as updated_at, invoice as json
from invoices
