-- Grain: one row per employee that a source lists, or that anything recorded names, and one for nobody.
-- Scope: company
-- Decisions: "Products, plans and employees nobody lists", "Employees in several systems", "Persons in the marts".
with

employee_versions as (
    select
        *,
        case
            when row_number() over (partition by source, employee_id order by valid_from) = 1
            then timestamp '1900-01-01'
            else local_time(valid_from)
        end as holds_from,
        min(deleted_at) over (partition by source, employee_id) as employee_deleted_at
    from employee
),

listed_employees as (
    select *
    from employee_versions
    where holds_from < getvariable('as_of')
    qualify row_number() over (partition by source, employee_id order by holds_from desc) = 1
),

mentions as (
    select source, owner_employee_id as employee_id from customer group by all
    union all
    select source, manager_employee_id from employee group by all
    union all
    select source, owner_employee_id from contract_term group by all
    union all
    select source, owner_employee_id from opportunity group by all
    union all
    select source, owner_employee_id from initiative group by all
    union all
    select source, owner_employee_id from onboarding_milestone group by all
    union all
    select source, owner_employee_id from feedback_case group by all
    union all
    select source, employee_id from service_delivery group by all
    union all
    select source, employee_id from survey_invitation group by all
    union all
    select source, employee_id from survey_response group by all
    union all
    select source, employee_id from touchpoint group by all
    union all
    select source, assignee_employee_id from ticket group by all
    union all
    select source, author_employee_id from ticket_event group by all
),

unlisted_employees as (
    select
        mentions.source,
        mentions.employee_id
    from mentions
    anti join listed_employees
        on mentions.source = listed_employees.source
        and mentions.employee_id = listed_employees.employee_id
    where mentions.employee_id is not null
    group by all
),

-- An address that two employees of one source have does not say which of them it is.
persons as (
    select
        lower(email) as person_email,
        min(source || ':' || employee_id) as person_key
    from listed_employees
    where email is not null
    group by all
    having count(*) = count(distinct source)
),

employees as (
    select
        source || ':' || employee_id as employee_key,
        source || ':' || manager_employee_id as manager_employee_key,
        coalesce(case when getvariable('employee_names') then name end, employee_id) as name,
        lower(email) as person_email,
        team,
        role,
        time_zone,
        true as is_listed,
        is_active
        and coalesce(left_date >= getvariable('as_of'), true)
        and coalesce(local_time(employee_deleted_at) >= getvariable('as_of'), true) as is_active,
        coalesce(local_time(employee_deleted_at) < getvariable('as_of'), false) as is_deleted,
        hired_date,
        left_date,
        cast(local_time(employee_deleted_at) as date) as deleted_date
    from listed_employees
    union all by name
    select
        source || ':' || employee_id as employee_key,
        employee_id as name,
        false as is_listed,
        false as is_active,
        false as is_deleted
    from unlisted_employees
    union all by name
    select
        'unknown' as employee_key,
        'unknown' as name,
        false as is_listed,
        false as is_active,
        false as is_deleted
),

final as (
    select
        -- keys
        employees.employee_key,
        coalesce(persons.person_key, employees.employee_key) as person_key,
        employees.manager_employee_key,

        -- attributes
        employees.name,
        coalesce(employees.team, 'unknown') as team,
        coalesce(employees.role, 'unknown') as role,
        employees.time_zone,

        -- flags
        employees.is_listed,
        employees.is_active,
        employees.is_deleted,

        -- times
        employees.hired_date,
        employees.left_date,
        employees.deleted_date
    from employees
    left join persons on employees.person_email = persons.person_email
)

select * from final
