create table conformed.customer (
    source varchar not null default 'file',
    customer_id varchar not null,
    valid_from timestamp not null default '1900-01-01',
    parent_customer_id varchar,
    owner_employee_id varchar,
    name varchar,
    email varchar,
    domain varchar,
    customer_type varchar not null default 'business'
        check (customer_type in ('business', 'consumer')),
    lifecycle_stage varchar
        check (lifecycle_stage in ('lead', 'prospect', 'trial', 'onboarding', 'active', 'churned')),
    segment varchar,
    industry varchar,
    country varchar,
    region varchar,
    size_band varchar,
    acquisition_channel varchar,
    language varchar,
    time_zone varchar,
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    health_override_reason varchar,
    is_test boolean not null default false,
    employee_count bigint check (employee_count >= 0),
    total_revenue_amount decimal(18, 4),
    health_override_score decimal(18, 4) check (health_override_score between 0 and 100),
    became_customer_at timestamp,
    created_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, customer_id, valid_from)
);
comment on table conformed.customer is
    'One row per customer and version: the company or person that pays, as it was from valid_from '
    'until the next version. A file without valid_from holds one version of each customer, which '
    'is enough; segments are then those of today for every period.';
comment on column conformed.customer.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.customer.customer_id is
    'The customer''s id in its source: an account in a CRM, a customer in a billing system.';
comment on column conformed.customer.valid_from is
    'Instant from which this version holds (UTC), until the next version of the same customer. The '
    'earliest version also holds before it, as nothing earlier is known. 1900-01-01: since always.';
comment on column conformed.customer.parent_customer_id is
    'The customer this one belongs to, such as the group a subsidiary is part of. Null: stands '
    'alone. Revenue is not added up to the parent.';
comment on column conformed.customer.owner_employee_id is
    'Employee responsible for the customer in this version, whose book it counts in. Null: nobody.';
comment on column conformed.customer.name is 'Name of the company or person. Null: not known.';
comment on column conformed.customer.email is
    'Main e-mail address, which matches the same customer in other sources. Null: not known.';
comment on column conformed.customer.domain is
    'Company''s own internet domain without www, such as example.com, which matches the same '
    'company in other sources. Leave null for persons and for addresses at public mail providers.';
comment on column conformed.customer.customer_type is
    'business: a company or other organisation; consumer: a person who buys privately, who is '
    'never matched by domain.';
comment on column conformed.customer.lifecycle_stage is
    'Stage the source gives the customer: lead or prospect (never bought), trial, onboarding '
    '(bought, no first value yet), active, churned. Null: not said. Churn KPIs follow revenue, not '
    'this.';
comment on column conformed.customer.segment is
    'Segment by the company''s own division, such as enterprise, mid_market, small_business. Null: '
    'reported as unknown.';
comment on column conformed.customer.industry is
    'Industry, in the words of the source. Null: reported as unknown.';
comment on column conformed.customer.country is
    'Country, best as ISO 3166 two-letter code such as DE. Null: not known.';
comment on column conformed.customer.region is
    'Sales region by the company''s own division, such as EMEA. Null: reported as unknown.';
comment on column conformed.customer.size_band is
    'Band of company size, such as 1-49, 50-249, 250+. Null: reported as unknown.';
comment on column conformed.customer.acquisition_channel is
    'How the customer was won, such as inbound, outbound, partner, referral. Null: not known.';
comment on column conformed.customer.language is
    'Language the customer is spoken to in, as BCP 47 tag such as pt-BR. Null: not known.';
comment on column conformed.customer.time_zone is
    'Clock of the customer as IANA name such as Europe/Berlin, used where a deadline runs on the '
    'customer''s clock. Null: the reporting time zone.';
comment on column conformed.customer.currency is
    'Currency the customer is billed in by default and of total_revenue_amount, ISO 4217 in '
    'capitals. Null: not known. Invoices and subscriptions name their own.';
comment on column conformed.customer.health_override_reason is
    'Why somebody set the health score by hand. Null: no reason given, or not set by hand.';
comment on column conformed.customer.is_test is
    'True for test, demo and internal customers, which are left out of every KPI.';
comment on column conformed.customer.employee_count is
    'Number of people the customer employs. Null: not known.';
comment on column conformed.customer.total_revenue_amount is
    'All revenue so far as the source itself reports it, in currency, without tax. For comparison '
    'only: KPIs are computed from invoices and payments. Null: not known, which is not 0.';
comment on column conformed.customer.health_override_score is
    'Health score 0 to 100 set by hand, which replaces the computed one while this version holds; '
    'both are published. Null: none set.';
comment on column conformed.customer.became_customer_at is
    'When the customer first bought (UTC), where that is known apart from billing, for instance '
    'because billing records start later: it is then neither new nor in a later cohort. Null: '
    'taken from the first payment.';
comment on column conformed.customer.created_at is
    'When the customer was first recorded in the source (UTC). Null: not known.';
comment on column conformed.customer.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.customer.deleted_at is
    'When the source deleted the customer as a whole (UTC), whichever version says so: history '
    'stays, populations after it do without the customer. Null: not deleted.';
