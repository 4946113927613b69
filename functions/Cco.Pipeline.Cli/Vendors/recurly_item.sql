-- An item, which add-ons sell, with what the company says of it.
select
    product_id as id,
    seconds(launched_date) as updated_at,
    {
        'id': product_id,
        'object': 'item',
        'code': product_id,
        'state': if(is_active::boolean, 'active', 'inactive'),
        'name': name,
        'custom_fields': fields_of(product),
        'created_at': instant_of(launched_date),
        'updated_at': instant_of(launched_date),
        'deleted_at': null
    }::json as json
from product
where not is_plan(product_id)
