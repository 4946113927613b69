create table conformed.employee (
    source varchar not null default 'file',
    employee_id varchar not null,
    valid_from timestamp not null default '1900-01-01',
    manager_employee_id varchar,
    name varchar,
    email varchar,
    team varchar,
    role varchar,
    time_zone varchar,
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    is_active boolean not null default true,
    hourly_cost_amount decimal(18, 4) check (hourly_cost_amount >= 0),
    hired_date date,
    left_date date,
    updated_at timestamp,
    deleted_at timestamp,
    check (hourly_cost_amount is null or currency is not null),
    primary key (source, employee_id, valid_from)
);
comment on table conformed.employee is
    'One row per employee and version: team, role and manager as they were from valid_from until '
    'the next version. A file without valid_from holds one version of each employee, which is '
    'enough.';
comment on column conformed.employee.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.employee.employee_id is
    'The employee''s id in its source: a user in a CRM, an agent in a support system.';
comment on column conformed.employee.valid_from is
    'Instant from which this version holds (UTC), until the next version of the same employee. The '
    'earliest version also holds before it, as nothing earlier is known. 1900-01-01: since always.';
comment on column conformed.employee.manager_employee_id is
    'Employee who leads this one. Null: nobody, or not known.';
comment on column conformed.employee.name is 'Full name. Null: the id is shown.';
comment on column conformed.employee.email is
    'E-mail address at work, which matches the same employee in other sources. Null: not known.';
comment on column conformed.employee.team is
    'Team whose results the employee''s count in. Null: reported as unknown.';
comment on column conformed.employee.role is
    'Role, such as customer_success_manager, account_manager, support_agent, consultant, manager. '
    'Null: not known.';
comment on column conformed.employee.time_zone is
    'Clock of the employee as IANA name such as Asia/Tokyo. Null: the reporting time zone.';
comment on column conformed.employee.currency is
    'Currency of hourly_cost_amount, ISO 4217 in capitals. Null: no cost given.';
comment on column conformed.employee.is_active is
    'False once the employee has left; earlier results stay counted.';
comment on column conformed.employee.hourly_cost_amount is
    'Cost of one working hour, all loads included, in major units of currency, for the cost of '
    'work recorded in hours or minutes only. Null: not known; such work has no cost and is listed.';
comment on column conformed.employee.hired_date is 'First day with the company. Null: not known.';
comment on column conformed.employee.left_date is
    'First day no longer with the company. Null: still there, or not known.';
comment on column conformed.employee.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.employee.deleted_at is
    'When the source deleted the employee as a whole (UTC), whichever version says so. Null: not '
    'deleted.';
