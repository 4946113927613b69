create table conformed.contract_term (
    source varchar not null default 'file',
    contract_term_id varchar not null,
    contract_id varchar,
    customer_id varchar not null,
    owner_employee_id varchar,
    product_id varchar,
    subscription_id varchar,
    previous_contract_term_id varchar,
    replaced_by_contract_term_id varchar,
    term_type varchar not null default 'standard'
        check (term_type in ('standard', 'trial', 'pilot')),
    outcome varchar not null default 'open'
        check (outcome in ('open', 'renewed', 'lost', 'replaced')),
    loss_reason varchar,
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    is_auto_renew boolean not null default false,
    term_months decimal(18, 4) check (term_months > 0),
    contract_amount decimal(18, 4) check (contract_amount >= 0),
    expiring_amount decimal(18, 4) check (expiring_amount >= 0),
    renewed_amount decimal(18, 4) check (renewed_amount >= 0),
    signed_at timestamp,
    start_date date not null,
    end_date date,
    due_date date,
    closed_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (end_date > start_date),
    check (
        coalesce(contract_amount, expiring_amount, renewed_amount) is null
        or currency is not null
    ),
    primary key (source, contract_term_id)
);
comment on table conformed.contract_term is
    'One row per term of a contract: the span of time that is sold at once and comes up for '
    'renewal at its end. Renewal rates count the terms whose end is due in a period.';
comment on column conformed.contract_term.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.contract_term.contract_term_id is
    'The term''s id in its source. Where terms have no id, contract and start date joined.';
comment on column conformed.contract_term.contract_id is
    'Contract the term belongs to, through all its renewals. Null: none known.';
comment on column conformed.contract_term.customer_id is 'Customer who signed.';
comment on column conformed.contract_term.owner_employee_id is
    'Employee responsible for the renewal. Null: the customer''s owner at that time.';
comment on column conformed.contract_term.product_id is
    'Product covered. Null: several, or not known.';
comment on column conformed.contract_term.subscription_id is
    'Subscription the term covers. Null: none, or not known.';
comment on column conformed.contract_term.previous_contract_term_id is
    'Term that this one renews. Null: the first one, or not known.';
comment on column conformed.contract_term.replaced_by_contract_term_id is
    'Term agreed in place of this one before its end, as in a co-term or an early upgrade. This '
    'one is then not due, and the replacement takes over its due date. Null: not replaced.';
comment on column conformed.contract_term.term_type is
    'standard: sold; trial and pilot: tried out, never due for renewal.';
comment on column conformed.contract_term.outcome is
    'open: not decided; renewed: the customer stays, at whatever amount; lost: the customer goes; '
    'replaced: see replaced_by_contract_term_id.';
comment on column conformed.contract_term.loss_reason is
    'Why it was lost, in few fixed words. Null: not lost, or not said.';
comment on column conformed.contract_term.currency is
    'Currency of the amounts, ISO 4217 in capitals. Null only where there is no amount; the term '
    'then counts in renewal rates by count alone.';
comment on column conformed.contract_term.is_auto_renew is
    'True if the term goes on by itself unless the customer objects.';
comment on column conformed.contract_term.term_months is
    'Length in months, such as 12, 36, 6 or 13. Null: from start_date to end_date.';
comment on column conformed.contract_term.contract_amount is
    'Value of the whole term in major units of currency, without tax and one-off charges: 36,000 '
    'for 3 years. Null: not known.';
comment on column conformed.contract_term.expiring_amount is
    'Yearly recurring value that is up for renewal at the end of the term, without tax. Null: '
    'contract_amount / months of the term x 12.';
comment on column conformed.contract_term.renewed_amount is
    'Yearly recurring value that was renewed, growth included: below expiring_amount it was '
    'renewed in part. Null: not renewed, or that of the term that renews this one.';
comment on column conformed.contract_term.signed_at is
    'When the term was agreed (UTC), from which onboarding counts. Null: start_date.';
comment on column conformed.contract_term.start_date is 'First day of the term.';
comment on column conformed.contract_term.end_date is
    'First day after the term (exclusive), as in 2024-01-01 to 2025-01-01 for a year. Null: '
    'open-ended, never due.';
comment on column conformed.contract_term.due_date is
    'Day the renewal is due, in whose period the term counts: closed on that day or before, it is '
    'on time. Null: end_date, or the due date of the term that this one replaced.';
comment on column conformed.contract_term.closed_at is
    'When the outcome was settled (UTC). A renewal closed in an earlier period still counts in '
    'that of due_date; one closed after due_date is a late renewal. Null: open, or not known; a '
    'renewal of unknown time is not on time.';
comment on column conformed.contract_term.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.contract_term.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
