-- An organization.
select
    customer_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': cast(customer_id as bigint),
        'name': name,
        'domain_names': [domain],
        'deleted_at': null,
        'created_at': created_at,
        'updated_at': updated_at
    }::json as json
from customer
group by all
