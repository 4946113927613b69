create table marts.fct_service_delivery_month (
    service_delivery_key varchar not null,
    month_start date not null check (month_start = first_of_month(month_start)),
    customer_key varchar references marts.dim_customer (customer_key),
    source varchar not null,
    service_delivery_id varchar not null,
    project_key varchar,
    employee_key varchar,
    product_key varchar,
    work_type varchar not null,
    margin_type varchar not null
        check (margin_type in ('services', 'customer_success', 'subscription', 'other')),
    native_currency varchar not null,
    labor_currency varchar,
    currency varchar not null,
    segment varchar not null,
    region varchar not null,
    industry varchar not null,
    size_band varchar not null,
    owner_employee_key varchar not null,
    is_billable boolean not null,
    is_first_month boolean not null,
    is_without_labor_cost boolean not null,
    hours decimal(18, 4) not null,
    revenue_amount_native decimal(18, 4) not null,
    labor_cost_amount_native decimal(18, 4) not null,
    subcontractor_cost_amount_native decimal(18, 4) not null,
    travel_cost_amount_native decimal(18, 4) not null,
    other_cost_amount_native decimal(18, 4) not null,
    revenue_amount decimal(18, 4) not null,
    labor_cost_amount decimal(18, 4) not null,
    subcontractor_cost_amount decimal(18, 4) not null,
    travel_cost_amount decimal(18, 4) not null,
    other_cost_amount decimal(18, 4) not null,
    cost_amount decimal(18, 4) not null,
    acquisition_month_start date,
    check (
        cost_amount
        = labor_cost_amount + subcontractor_cost_amount + travel_cost_amount + other_cost_amount
    ),
    primary key (service_delivery_key, month_start)
);
comment on table marts.fct_service_delivery_month is
    'One row per piece of work and month it was done in: the part of its hours, revenue and cost '
    'that falls on the month, up to as_of, test customers left out. All amounts add up, over the '
    'months of a piece of work to what its source says.';
comment on column marts.fct_service_delivery_month.service_delivery_key is
    'source:service_delivery_id.';
comment on column marts.fct_service_delivery_month.month_start is
    'Month in which the work was done.';
comment on column marts.fct_service_delivery_month.customer_key is
    'Customer the work was for: of an acquired one whoever has it in the month. Null: for no '
    'single customer.';
comment on column marts.fct_service_delivery_month.source is 'System the work comes from.';
comment on column marts.fct_service_delivery_month.service_delivery_id is
    'Id of the work in its source.';
comment on column marts.fct_service_delivery_month.project_key is
    'source:project_id. Null: none.';
comment on column marts.fct_service_delivery_month.employee_key is
    'source:employee_id of who did the work. Null: several, or a subcontractor.';
comment on column marts.fct_service_delivery_month.product_key is
    'source:product_id of the service sold or the product supported. Null: not known.';
comment on column marts.fct_service_delivery_month.work_type is
    'Type of the work in its source, such as training or support.';
comment on column marts.fct_service_delivery_month.margin_type is
    'Margin the work counts in. services: professional services, training, onboarding, managed '
    'services; customer_success: that of services, by the setting CustomerSuccessInCost; '
    'subscription: providing it, and support; other: none.';
comment on column marts.fct_service_delivery_month.native_currency is
    'Currency of the amounts that end in _native, labour apart.';
comment on column marts.fct_service_delivery_month.labor_currency is
    'Currency of labor_cost_amount_native: that of the work, or of the employee where the cost is '
    'hours x the employee''s hourly cost. Null: the cost is not known.';
comment on column marts.fct_service_delivery_month.currency is
    'Reporting currency, of all other amounts.';
comment on column marts.fct_service_delivery_month.segment is
    'Segment of the customer at the first instant of the month; unknown where it had none, '
    'unassigned where the work is for no single customer.';
comment on column marts.fct_service_delivery_month.region is 'Region then, as segment.';
comment on column marts.fct_service_delivery_month.industry is 'Industry then, as segment.';
comment on column marts.fct_service_delivery_month.size_band is 'Size band then, as segment.';
comment on column marts.fct_service_delivery_month.owner_employee_key is
    'Employee responsible for the customer then, as segment.';
comment on column marts.fct_service_delivery_month.is_billable is
    'False for work that the customer does not pay for.';
comment on column marts.fct_service_delivery_month.is_first_month is
    'True in the month the work began, to count it once.';
comment on column marts.fct_service_delivery_month.is_without_labor_cost is
    'True where neither cost nor hours and their price are known: labour is then 0, and the '
    'margin looks better than it is.';
comment on column marts.fct_service_delivery_month.hours is
    'Hours worked. 0: none, or not recorded.';
comment on column marts.fct_service_delivery_month.revenue_amount_native is 'Revenue earned.';
comment on column marts.fct_service_delivery_month.labor_cost_amount_native is
    'Cost of our own people in labor_currency. 0 where it is not known.';
comment on column marts.fct_service_delivery_month.subcontractor_cost_amount_native is
    'Cost of subcontractors.';
comment on column marts.fct_service_delivery_month.travel_cost_amount_native is
    'Cost of travel.';
comment on column marts.fct_service_delivery_month.other_cost_amount_native is
    'Other direct cost, such as hosting, licenses and material.';
comment on column marts.fct_service_delivery_month.revenue_amount is
    'Revenue earned, at the rate of the month''s end as all that follow.';
comment on column marts.fct_service_delivery_month.labor_cost_amount is
    'Cost of our own people.';
comment on column marts.fct_service_delivery_month.subcontractor_cost_amount is
    'Cost of subcontractors.';
comment on column marts.fct_service_delivery_month.travel_cost_amount is 'Cost of travel.';
comment on column marts.fct_service_delivery_month.other_cost_amount is 'Other direct cost.';
comment on column marts.fct_service_delivery_month.cost_amount is 'All four costs together.';
comment on column marts.fct_service_delivery_month.acquisition_month_start is
    'Month of the customer''s first payment. Null: it never paid, or there is none.';
