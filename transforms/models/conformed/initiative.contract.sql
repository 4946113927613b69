create table conformed.initiative (
    source varchar not null default 'file',
    initiative_id varchar not null,
    owner_employee_id varchar,
    name varchar not null,
    initiative_type varchar,
    journey_step varchar,
    description varchar,
    assignment varchar not null default 'observational'
        check (assignment in ('randomized', 'matched', 'observational')),
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    setup_cost_amount decimal(18, 4) check (setup_cost_amount >= 0),
    monthly_cost_amount decimal(18, 4) check (monthly_cost_amount >= 0),
    baseline_start_date date,
    start_date date not null,
    end_date date,
    updated_at timestamp,
    deleted_at timestamp,
    check (end_date > start_date),
    check (baseline_start_date < start_date),
    check (coalesce(setup_cost_amount, monthly_cost_amount) is null or currency is not null),
    primary key (source, initiative_id)
);
comment on table conformed.initiative is
    'One row per investment in customer experience: a programme with a start, a cost and customers '
    'who took part. Its return is measured on its members against a control group.';
comment on column conformed.initiative.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.initiative.initiative_id is 'The initiative''s id in its source.';
comment on column conformed.initiative.owner_employee_id is 'Employee responsible. Null: nobody.';
comment on column conformed.initiative.name is 'Name of the initiative.';
comment on column conformed.initiative.initiative_type is
    'Kind, such as onboarding, training, service, product, loyalty, self_service, outreach. Null: '
    'not said.';
comment on column conformed.initiative.journey_step is
    'Step of the customer journey it is meant to improve, in the words that touchpoints use. Null: '
    'none in particular.';
comment on column conformed.initiative.description is
    'What is done, and what it is expected to change. Null: nothing said.';
comment on column conformed.initiative.assignment is
    'How members came to be treated or control. randomized: by lot; matched: controls were chosen '
    'to resemble the treated; observational: customers chose or were chosen, so controls are '
    'matched before comparing.';
comment on column conformed.initiative.currency is
    'Currency of the amounts, ISO 4217 in capitals. Null only where no cost is known.';
comment on column conformed.initiative.setup_cost_amount is
    'Cost that falls once, on start_date, in major units of currency, without tax. Null: not '
    'known; if both costs are null there is no return on investment.';
comment on column conformed.initiative.monthly_cost_amount is
    'Cost of each month from start_date to end_date. Null: none, or not known.';
comment on column conformed.initiative.baseline_start_date is
    'First day of the time before the start that is compared with. Null: as long before start_date '
    'as is measured after it.';
comment on column conformed.initiative.start_date is 'First day of the initiative.';
comment on column conformed.initiative.end_date is
    'First day after it (exclusive). Null: still running.';
comment on column conformed.initiative.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.initiative.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
