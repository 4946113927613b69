-- A user, and the one who does what nobody does by hand.
with

people as (
    select
        *,
        'Standard' as user_type
    from employee
    group by all
    union all by name
    select
        'AUTOMATION' as employee_id,
        'Automated Process' as name,
        'true' as is_active,
        min(updated_at) as updated_at,
        'AutomatedProcess' as user_type
    from employee
)

select
    user_id(employee_id) as id,
    seconds(updated_at) as changed_second,
    {
        'Id': user_id(employee_id),
        'Username': email,
        'Name': name,
        'Email': email,
        'Title': role,
        'Department': team,
        'ManagerId': user_id(manager_employee_id),
        'TimeZoneSidKey': 'GMT',
        'UserType': user_type,
        'IsActive': is_active = 'true',
        'SystemModstamp': rest_instant(updated_at)
    }::json as json
from people
