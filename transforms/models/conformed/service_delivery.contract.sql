create table conformed.service_delivery (
    source varchar not null default 'file',
    service_delivery_id varchar not null,
    customer_id varchar,
    project_id varchar,
    employee_id varchar,
    product_id varchar,
    work_type varchar not null check (
        work_type in (
            'professional_services', 'training', 'onboarding', 'managed_services',
            'customer_success', 'support', 'subscription', 'other'
        )
    ),
    currency varchar not null check (regexp_full_match(currency, '[A-Z]{3}')),
    is_billable boolean not null default true,
    hours decimal(18, 4) check (hours >= 0),
    revenue_amount decimal(18, 4) not null default 0,
    labor_cost_amount decimal(18, 4),
    subcontractor_cost_amount decimal(18, 4) not null default 0,
    travel_cost_amount decimal(18, 4) not null default 0,
    other_cost_amount decimal(18, 4) not null default 0,
    start_date date not null,
    end_date date,
    updated_at timestamp,
    deleted_at timestamp,
    check (end_date > start_date),
    primary key (source, service_delivery_id)
);
comment on table conformed.service_delivery is
    'One row per piece of work done for a customer, such as a month of a project or a timesheet '
    'entry: its revenue and its cost. Services margin and cost to serve come from here.';
comment on column conformed.service_delivery.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.service_delivery.service_delivery_id is
    'The entry''s id in its source. Where there is none, project, employee and month joined.';
comment on column conformed.service_delivery.customer_id is
    'Customer the work was for. Null: for no single customer; it counts in the margin of the '
    'company, not in any customer''s cost to serve.';
comment on column conformed.service_delivery.project_id is 'Project or engagement. Null: none.';
comment on column conformed.service_delivery.employee_id is
    'Employee who did the work. Null: several, or a subcontractor.';
comment on column conformed.service_delivery.product_id is
    'Service sold, or product supported. Null: not known.';
comment on column conformed.service_delivery.work_type is
    'The first four are services and make the services margin. customer_success: in or out of cost '
    'by a setting; support; subscription: cost of providing the subscription, such as hosting; '
    'other. All are cost to serve.';
comment on column conformed.service_delivery.currency is
    'Currency of the amounts, ISO 4217 in capitals.';
comment on column conformed.service_delivery.is_billable is
    'False for work that the customer does not pay for, whose cost counts all the same.';
comment on column conformed.service_delivery.hours is 'Hours worked. Null: not recorded.';
comment on column conformed.service_delivery.revenue_amount is
    'Revenue earned by this work in major units of currency, without tax. It is not added to '
    'invoice lines, which bill the same work. 0: none.';
comment on column conformed.service_delivery.labor_cost_amount is
    'Cost of our own people, all loads included. Null: hours x the employee''s hourly cost; where '
    'either is missing there is no cost and the entry is listed. 0: no cost.';
comment on column conformed.service_delivery.subcontractor_cost_amount is 'Cost of subcontractors.';
comment on column conformed.service_delivery.travel_cost_amount is 'Cost of travel.';
comment on column conformed.service_delivery.other_cost_amount is
    'Other direct cost, such as hosting, licenses and material.';
comment on column conformed.service_delivery.start_date is 'First day of the work.';
comment on column conformed.service_delivery.end_date is
    'First day after the work (exclusive); amounts are spread evenly over its days. Null: one day.';
comment on column conformed.service_delivery.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.service_delivery.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
