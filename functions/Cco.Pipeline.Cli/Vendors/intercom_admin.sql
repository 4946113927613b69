-- A teammate, from the day of coming to the day of leaving.
with

people as (
    from employee
    group by all
)

select
    employee_id as id,
    seconds(valid_from) as changed_second,
    {
        'type': 'admin',
        'id': employee_id,
        'name': name,
        'email': email,
        'job_title': role,
        'away_mode_enabled': false,
        'away_mode_reassign': false,
        'has_inbox_seat': true,
        'team_ids': [team]
    }::json as json
from people
union all
select employee_id, seconds(left_date), 'null'::json
from people
where left_date is not null
