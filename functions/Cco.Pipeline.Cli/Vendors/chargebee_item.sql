-- A plan, add-on or charge, with what the company says of it in metadata.
select
    product_id as id,
    seconds(launched_date) as updated_at,
    {
        'item': {
            'id': product_id,
            'object': 'item',
            'name': name,
            'status': if(is_active::boolean, 'active', 'archived'),
            'item_family_id': product_family,
            'type': item_type(product_id, if(product_type = 'service', 'one_off', 'recurring')),
            'is_shippable': false,
            'is_giftable': false,
            'metered': product_family = 'usage',
            'metadata': {'product_type': product_type, 'gross_margin_rate': gross_margin_rate},
            'updated_at': seconds(launched_date),
            'deleted': false
        }
    }::json as json
from product
