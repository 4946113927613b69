-- An invoice with all its lines. Discounts and tax are parts of each line, and what is given back
-- is no line but a credit note; those that the sample has on lines of their own are left out.
with

lines as (
    select
        *,
        cast(regexp_extract(invoice_line_id, '-(\d+)(-u)?$', 1) as bigint) as place,
        {
            'id': invoice_line_id,
            'object': 'line_item',
            'subscription_id': subscription_id,
            'customer_id': customer_id,
            'date_from': seconds(coalesce(service_start_date, invoice_date)),
            'date_to': seconds(coalesce(service_end_date, invoice_date)),
            'quantity': cast(quantity as bigint),
            'amount': minor(amount, currency) + minor(discount_amount, currency),
            'discount_amount': minor(discount_amount, currency),
            'item_level_discount_amount': 0,
            'is_taxed': cast(tax_amount as decimal(18, 4)) > 0,
            'tax_amount': minor(tax_amount, currency),
            'metered': line_type = 'usage',
            'proration_mode': case when line_type = 'proration' then 'delta' end,
            'description': description,
            'entity_type': item_type(product_id, line_type) || '_item_price',
            'entity_id': plan_id
        } as line
    from invoice_line
    where line_type not in ('tax', 'discount', 'credit')
    qualify row_number() over (partition by invoice_line_id order by updated_at desc) = 1
),

invoices as (
    select
        invoice_id,
        any_value(customer_id) as customer_id,
        any_value(subscription_id) as subscription_id,
        any_value(invoice_status) as invoice_status,
        any_value(currency) as currency,
        any_value(invoice_date) as invoice_date,
        any_value(due_date) as due_date,
        max(updated_at) as updated_at,
        list(line order by place) as lines
    from lines
    group by all
)

select
    invoice_id as id,
    seconds(updated_at) as updated_at,
    {
        'invoice': {
            'id': invoice_id,
            'object': 'invoice',
            'customer_id': customer_id,
            'subscription_id': subscription_id,
            'recurring': true,
            'status': case invoice_status
                when 'open' then 'payment_due'
                when 'uncollectible' then 'not_paid'
                when 'void' then 'voided'
                when 'draft' then 'pending'
                else invoice_status
            end,
            'price_type': 'tax_exclusive',
            'currency_code': currency,
            'date': seconds(invoice_date),
            'due_date': seconds(due_date),
            'updated_at': seconds(updated_at),
            'deleted': false,
            'line_items': lines
        }
    }::json as json
from invoices
