-- A company, as a search finds it.
select
    customer_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': customer_id,
        'properties': {
            'name': name,
            'hs_merged_object_ids': null,
            'salesforceaccountid': null,
            'hs_lastmodifieddate': updated_at
        },
        'createdAt': created_at,
        'updatedAt': updated_at,
        'archived': false
    }::json as json
from customer
group by all
