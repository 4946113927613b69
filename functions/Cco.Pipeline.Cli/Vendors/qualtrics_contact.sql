-- A person in the directory.
select
    contact_id as id,
    seconds(updated_at) as changed_at,
    {
        'contactId': contact_id,
        'firstName': split_part(name, ' ', 1),
        'lastName': name[instr(name, ' ') + 1:],
        'email': email,
        'phone': null,
        'extRef': null,
        'language': upper(language),
        'unsubscribed': false
    }::json as json
from contact
group by all
