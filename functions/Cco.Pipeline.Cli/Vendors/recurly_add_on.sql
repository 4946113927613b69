-- An add-on in its currency, with the item that it sells. The sample does not say of which plan.
select
    plan.plan_id as id,
    seconds(product.launched_date) as updated_at,
    {
        'id': plan.plan_id,
        'object': 'add_on',
        'code': plan.plan_id,
        'state': 'active',
        'name': plan.name,
        'add_on_type': 'fixed',
        'tier_type': 'flat',
        'item': {'id': plan.product_id, 'object': 'item', 'code': plan.product_id},
        'currencies': [
            {
                'currency': plan.currency,
                'unit_amount': cast(plan.unit_amount as decimal(18, 4)),
                'unit_amount_decimal': plan.unit_amount
            }
        ],
        'created_at': instant_of(product.launched_date),
        'updated_at': instant_of(product.launched_date),
        'deleted_at': null
    }::json as json
from plan
inner join product on plan.product_id = product.product_id
where not is_plan(plan.product_id)
