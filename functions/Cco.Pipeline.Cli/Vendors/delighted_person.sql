-- A person who may be surveyed.
select
    contact_id as id,
    seconds(created_at) as created_at,
    {
        'id': contact_id,
        'name': name,
        'email': email,
        'phone_number': null,
        'created_at': seconds(created_at),
        'last_sent_at': null,
        'last_responded_at': null
    }::json as json
from contact
qualify row_number() over (partition by contact_id order by updated_at desc) = 1
