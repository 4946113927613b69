-- A user who owns records.
select
    employee_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': employee_id,
        'type': 'PERSON',
        'email': email,
        'firstName': split_part(name, ' ', 1),
        'lastName': name[instr(name, ' ') + 1:],
        'teams': [{'id': '1', 'name': team, 'primary': true}],
        'createdAt': updated_at,
        'updatedAt': updated_at,
        'archived': false
    }::json as json
from employee
group by all
