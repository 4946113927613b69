-- A price. The sample does not say when one was made: all of them when their product was.
select
    plan.plan_id as id,
    seconds(product.launched_date) as created_at,
    {
        'id': plan.plan_id,
        'object': 'price',
        'product': plan.product_id,
        'nickname': plan.name,
        'active': true,
        'currency': lower(plan.currency),
        'created': seconds(product.launched_date),
        'livemode': true,
        'billing_scheme': 'per_unit',
        'unit_amount': minor(plan.unit_amount, plan.currency),
        'unit_amount_decimal': cast(minor(plan.unit_amount, plan.currency) as varchar),
        'type': 'recurring',
        'recurring': {
            'interval': plan.billing_interval,
            'interval_count': cast(plan.billing_interval_count as bigint),
            'usage_type': 'licensed'
        },
        'metadata': {'tier': plan.tier, 'tier_rank': plan.tier_rank}
    }::json as json
from plan
inner join product on plan.product_id = product.product_id
