-- A product, with what the company says of it in metadata.
select
    product_id as id,
    seconds(launched_date) as created_at,
    {
        'id': product_id,
        'object': 'product',
        'name': name,
        'active': is_active::boolean,
        'created': seconds(launched_date),
        'livemode': true,
        'metadata': {
            'product_family': product_family,
            'product_type': product_type,
            'gross_margin_rate': gross_margin_rate
        }
    }::json as json
from product
