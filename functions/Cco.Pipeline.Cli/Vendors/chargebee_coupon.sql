-- A coupon for whole subscriptions.
with

coupons as (
    select
        coupon,
        min(seconds(starts_at)) as created_at,
        cast(any_value(percent_off) as double) as percent_off,
        any_value(minor(amount_off, currency)) as amount_off,
        any_value(currency) as currency,
        bool_or(is_recurring = 'true') as is_recurring
    from discount
    where subscription_item_id is null
    group by all
)

select
    coupon as id,
    created_at,
    {
        'coupon': {
            'id': coupon,
            'object': 'coupon',
            'name': coupon,
            'discount_type': if(percent_off is null, 'fixed_amount', 'percentage'),
            'discount_percentage': percent_off,
            'discount_amount': amount_off,
            'currency_code': currency,
            'duration_type': if(is_recurring, 'forever', 'one_time'),
            'apply_on': 'invoice_amount',
            'status': 'active',
            'created_at': created_at,
            'updated_at': created_at
        }
    }::json as json
from coupons
