-- A contact, as a search finds it.
select
    contact_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': contact_id,
        'properties': {
            'firstname': split_part(name, ' ', 1),
            'lastname': name[instr(name, ' ') + 1:],
            'email': email,
            'hs_buying_role': upper(role),
            'hs_language': language,
            'associatedcompanyid': customer_id,
            'lastmodifieddate': updated_at
        },
        'createdAt': created_at,
        'updatedAt': updated_at,
        'archived': false
    }::json as json
from contact
group by all
