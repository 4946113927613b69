-- A plan in its currency, with what the company says of it. The sample does not say when one was
-- made: all of them when their product was.
select
    plan.plan_id as id,
    seconds(product.launched_date) as updated_at,
    {
        'id': plan.plan_id,
        'object': 'plan',
        'code': plan.plan_id,
        'state': 'active',
        'name': plan.name,
        'interval_unit': plan.billing_interval || 's',
        'interval_length': cast(plan.billing_interval_count as bigint),
        'pricing_model': 'fixed',
        'currencies': [
            {
                'currency': plan.currency,
                'setup_fee': 0,
                'unit_amount': cast(plan.unit_amount as decimal(18, 4))
            }
        ],
        'custom_fields': list_concat(
            fields_of(product),
            [
                {'name': 'tier', 'value': plan.tier},
                {'name': 'tier_rank', 'value': plan.tier_rank}
            ]
        ),
        'created_at': instant_of(product.launched_date),
        'updated_at': instant_of(product.launched_date),
        'deleted_at': null
    }::json as json
from plan
inner join product on plan.product_id = product.product_id
where is_plan(plan.product_id)
