-- A price of an item, with its tier in metadata. The sample does not say when one was made: all of
-- them when their item was. Usage is counted by the month.
select
    plan.plan_id as id,
    seconds(product.launched_date) as updated_at,
    {
        'item_price': {
            'id': plan.plan_id,
            'object': 'item_price',
            'name': plan.name,
            'item_id': plan.product_id,
            'item_family_id': product.product_family,
            'item_type': item_type(plan.product_id, plan.charge_type),
            'status': 'active',
            'pricing_model': if(plan.charge_type = 'usage', 'tiered', 'per_unit'),
            'price': minor(plan.unit_amount, plan.currency),
            'period': case
                when plan.charge_type = 'usage' then 1
                else cast(plan.billing_interval_count as bigint)
            end,
            'period_unit': if(plan.charge_type = 'usage', 'month', plan.billing_interval),
            'currency_code': plan.currency,
            'free_quantity': 0,
            'usage_accumulation_reset_frequency': case
                when plan.charge_type = 'usage' then 'subscription_billing_frequency'
            end,
            'metadata': {'tier': plan.tier, 'tier_rank': plan.tier_rank},
            'created_at': seconds(product.launched_date),
            'updated_at': seconds(product.launched_date),
            'deleted': false
        }
    }::json as json
from plan
inner join product on plan.product_id = product.product_id
