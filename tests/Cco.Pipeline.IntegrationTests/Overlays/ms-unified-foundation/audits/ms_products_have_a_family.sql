select
    product_id,
    name
from product
where source = 'ms' and product_family is null
