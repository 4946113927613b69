-- A coupon that an account redeemed for a subscription. What has an end runs for so many days.
select
    discount_id as id,
    seconds(starts_at) as created_at,
    {
        'parent': customer_id,
        'record': {
            'id': discount_id,
            'object': 'coupon_redemption',
            'account': {'id': customer_id, 'object': 'account'},
            'subscription_id': subscription_id,
            'coupon': {
                'id': coupon,
                'object': 'coupon',
                'code': coupon,
                'name': coupon,
                'duration': case
                    when is_recurring = 'false' then 'single_use'
                    when ends_at is null then 'forever'
                    else 'temporal'
                end,
                'temporal_unit': 'day',
                'temporal_amount': date_diff(
                    'day', cast(starts_at[:10] as date), cast(ends_at[:10] as date)
                ),
                'discount': {
                    'type': if(percent_off is null, 'fixed', 'percent'),
                    'percent': cast(cast(percent_off as decimal) as integer),
                    'currencies': [
                        {'currency': currency, 'amount': cast(amount as decimal(18, 4))}
                        for amount in [amount_off]
                        if amount is not null
                    ]
                }
            },
            'state': 'active',
            'currency': currency,
            'created_at': starts_at,
            'updated_at': starts_at,
            'removed_at': null
        }
    }::json as json
from discount
qualify row_number() over (partition by discount_id order by updated_at desc) = 1
