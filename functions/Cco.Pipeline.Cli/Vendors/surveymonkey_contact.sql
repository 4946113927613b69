-- A contact that may be invited.
select
    contact_id as id,
    seconds(created_at) as created_second,
    {
        'id': contact_id,
        'first_name': split_part(name, ' ', 1),
        'last_name': name[instr(name, ' ') + 1:],
        'email': email,
        'phone_number': null
    }::json as json
from contact
qualify row_number() over (partition by contact_id order by updated_at desc) = 1
