-- An invoice with its lines, at most ten of which come with it. Tax is on top of each line, and discounts are in it.
with

current_lines as (
    select
        *,
        cast(regexp_extract(invoice_line_id, '-(\d+)(-u)?$', 1) as bigint) as place
    from invoice_line
    qualify row_number() over (partition by invoice_line_id order by updated_at desc) = 1
),

lines as (
    select
        *,
        {
            'id': invoice_line_id,
            'object': 'line_item',
            'amount': minor(amount, currency) + minor(discount_amount, currency),
            'currency': lower(currency),
            'description': description,
            'quantity': cast(cast(quantity as decimal(18, 4)) as bigint),
            'period': {'start': seconds(service_start_date), 'end': seconds(service_end_date)},
            'discount_amounts': [
                {'amount': part}
                for part in [minor(discount_amount, currency)]
                if part > 0
            ],
            'taxes': [{'amount': minor(tax_amount, currency), 'tax_behavior': 'exclusive'}],
            'pricing': case
                when plan_id is not null
                then {
                    'type': 'price_details',
                    'price_details': {'price': plan_id, 'product': product_id}
                }
            end,
            'parent': {
                'type': case
                    when line_type in ('recurring', 'proration')
                    then 'subscription_item_details'
                    else 'invoice_item_details'
                end,
                'subscription_item_details': case
                    when line_type in ('recurring', 'proration')
                    then {
                        'proration': line_type = 'proration',
                        'subscription': subscription_id,
                        'subscription_item': subscription_item_id
                    }
                end,
                'invoice_item_details': case
                    when line_type not in ('recurring', 'proration')
                    then {'proration': false, 'subscription': subscription_id}
                end
            }
        } as line
    from current_lines
),

invoices as (
    select
        invoice_id,
        any_value(customer_id) as customer_id,
        any_value(invoice_status) as invoice_status,
        any_value(currency) as currency,
        any_value(seconds(invoice_date)) as created_at,
        any_value(seconds(due_date)) as due_at,
        list(line order by place) as lines
    from lines
    group by all
)

select
    invoice_id as id,
    created_at,
    {
        'id': invoice_id,
        'object': 'invoice',
        'customer': customer_id,
        'status': invoice_status,
        'currency': lower(currency),
        'created': created_at,
        'effective_at': created_at,
        'due_date': due_at,
        'livemode': true,
        'status_transitions': {'finalized_at': created_at},
        'lines': {'object': 'list', 'has_more': len(lines) > 10, 'data': lines[:10]}
    }::json as json
from invoices
