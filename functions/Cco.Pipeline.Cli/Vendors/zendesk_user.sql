-- A person who asks, or an agent.
with

end_users as (
    select
        *,
        'end-user' as role,
        null as team
    from contact
    group by all
),

agents as (
    select
        employee_id as contact_id,
        null as customer_id,
        name,
        email,
        'en-US' as language,
        time_zone,
        updated_at as created_at,
        updated_at,
        'agent' as role,
        team
    from employee
),

users as (
    from end_users
    union all by name
    from agents
)

select
    contact_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': cast(contact_id as bigint),
        'name': name,
        'email': email,
        'role': role,
        'active': true,
        'suspended': false,
        'organization_id': cast(customer_id as bigint),
        'default_group_id': cast(team as bigint),
        'locale': language,
        'iana_time_zone': time_zone,
        'created_at': created_at,
        'updated_at': updated_at
    }::json as json
from users
