create table marts.dim_employee (
    employee_key varchar not null primary key,
    person_key varchar not null references marts.dim_employee (employee_key),
    manager_employee_key varchar references marts.dim_employee (employee_key),
    name varchar not null,
    team varchar not null,
    role varchar not null,
    time_zone varchar,
    is_listed boolean not null,
    is_active boolean not null,
    is_deleted boolean not null,
    hired_date date,
    left_date date,
    deleted_date date,
    check (is_listed or not is_active)
);
comment on table marts.dim_employee is
    'One row per employee and source, as they are today: whom a source lists, whom anything '
    'recorded names although no source lists them, and unknown for nobody.';
comment on column marts.dim_employee.employee_key is
    'The employee in every fact: source:employee_id. unknown: nobody is responsible, or it is not '
    'known who.';
comment on column marts.dim_employee.person_key is
    'The person, who may be listed by several sources: the first employee_key, in the order of the '
    'alphabet, of those with the same e-mail address. employee_key itself where there is none.';
comment on column marts.dim_employee.manager_employee_key is
    'Employee who leads this one, as source:employee_id. Null: nobody, or not known.';
comment on column marts.dim_employee.name is
    'Full name where the setting EmployeeNames shows names; the id where it does not, or there is '
    'none.';
comment on column marts.dim_employee.team is 'Team today; unknown where there is none.';
comment on column marts.dim_employee.role is
    'Role today, such as customer_success_manager or support_agent; unknown where there is none.';
comment on column marts.dim_employee.time_zone is
    'Clock of the employee as IANA name. Null: the reporting time zone.';
comment on column marts.dim_employee.is_listed is
    'False if no source lists the employee and only customers, tickets or the like name them, and '
    'for unknown.';
comment on column marts.dim_employee.is_active is
    'True if a source lists the employee as being with the company today.';
comment on column marts.dim_employee.is_deleted is 'True if the source has deleted the employee.';
comment on column marts.dim_employee.hired_date is
    'First day with the company. Null: not known.';
comment on column marts.dim_employee.left_date is
    'First day no longer with the company. Null: still there, or not known.';
comment on column marts.dim_employee.deleted_date is
    'Day the source deleted the employee. Null: not deleted.';
