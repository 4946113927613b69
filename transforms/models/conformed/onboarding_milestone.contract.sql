create table conformed.onboarding_milestone (
    source varchar not null default 'file',
    onboarding_milestone_id varchar not null,
    onboarding_id varchar,
    customer_id varchar not null,
    contract_term_id varchar,
    product_id varchar,
    owner_employee_id varchar,
    name varchar not null,
    is_first_value boolean not null default false,
    is_required boolean not null default true,
    milestone_order bigint,
    onboarding_started_at timestamp,
    planned_date date,
    completed_at timestamp,
    canceled_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, onboarding_milestone_id)
);
comment on table conformed.onboarding_milestone is
    'One row per milestone of a customer''s onboarding, planned and reached. Time to first value '
    'is measured from onboarding_started_at to the milestone marked is_first_value.';
comment on column conformed.onboarding_milestone.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.onboarding_milestone.onboarding_milestone_id is
    'The milestone''s id in its source. Where there is none, onboarding and name joined.';
comment on column conformed.onboarding_milestone.onboarding_id is
    'One onboarding of the customer; its milestones share it. Null: the customer has one '
    'onboarding only.';
comment on column conformed.onboarding_milestone.customer_id is 'Customer who is onboarded.';
comment on column conformed.onboarding_milestone.contract_term_id is
    'Contract term the onboarding is for. Null: the customer''s first.';
comment on column conformed.onboarding_milestone.product_id is 'Product onboarded to. Null: all.';
comment on column conformed.onboarding_milestone.owner_employee_id is
    'Employee responsible. Null: the customer''s owner at that time.';
comment on column conformed.onboarding_milestone.name is
    'Name of the milestone, such as kick_off, data_loaded, first_report.';
comment on column conformed.onboarding_milestone.is_first_value is
    'True for the milestone at which the customer first gets what it bought the product for. '
    'Without one, an onboarding''s first value is its last milestone.';
comment on column conformed.onboarding_milestone.is_required is
    'False for a milestone that an onboarding can do without; it is not counted as late.';
comment on column conformed.onboarding_milestone.milestone_order is
    'Order within the onboarding, 1 the first. Null: by planned_date.';
comment on column conformed.onboarding_milestone.onboarding_started_at is
    'When the contract was signed and time to value begins (UTC). Null: taken from the contract '
    'term, or else from the customer''s first subscription.';
comment on column conformed.onboarding_milestone.planned_date is
    'Last day on which the milestone is on time, as first agreed: a plan that is moved later does '
    'not make it punctual. Null: not planned, so neither on time nor late.';
comment on column conformed.onboarding_milestone.completed_at is
    'When it was reached (UTC). Null: not yet; the case stays in the time to value as an open one.';
comment on column conformed.onboarding_milestone.canceled_at is
    'When it was given up (UTC); the case counts as open until then. Null: not given up.';
comment on column conformed.onboarding_milestone.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.onboarding_milestone.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
