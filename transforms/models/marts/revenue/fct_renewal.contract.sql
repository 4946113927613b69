create table marts.fct_renewal (
    contract_term_key varchar not null,
    customer_key varchar not null references marts.dim_customer (customer_key),
    source varchar not null,
    contract_term_id varchar not null,
    contract_key varchar,
    previous_contract_term_key varchar,
    replacing_contract_term_key varchar,
    product_key varchar,
    subscription_key varchar,
    opportunity_key varchar,
    term_type varchar not null check (term_type in ('standard', 'trial', 'pilot')),
    exclusion_reason varchar check (
        exclusion_reason in (
            'test_customer', 'trial', 'pilot', 'not_signed_yet', 'replaced', 'open_ended',
            'deleted', 'not_due_yet'
        )
    ),
    outcome varchar not null
        check (outcome in ('open', 'renewed', 'lost', 'reactivated', 'replaced')),
    timing varchar check (timing in ('early', 'on_time', 'late', 'unknown')),
    loss_reason varchar,
    native_currency varchar,
    currency varchar not null,
    segment varchar not null,
    region varchar not null,
    industry varchar not null,
    size_band varchar not null,
    owner_employee_key varchar not null,
    probability_basis varchar check (
        probability_basis in (
            'settled', 'closed_opportunity', 'opportunity', 'won_share', 'segment_rate', 'unknown'
        )
    ),
    is_due boolean not null,
    is_renewed boolean not null,
    is_on_time boolean not null,
    is_late_renewal boolean not null,
    is_open boolean not null,
    is_lost boolean not null,
    has_amounts boolean not null,
    is_auto_renew boolean not null,
    term_months decimal(18, 4),
    expiring_amount_native decimal(18, 4) check (expiring_amount_native >= 0),
    renewed_amount_native decimal(18, 4) check (renewed_amount_native >= 0),
    expiring_amount decimal(18, 4),
    renewed_amount decimal(18, 4),
    retained_amount decimal(18, 4),
    renewal_probability decimal(18, 4) check (renewal_probability between 0 and 1),
    expected_amount decimal(18, 4),
    closed_after_days bigint,
    acquisition_month_start date,
    start_date date not null,
    end_date date,
    due_date date,
    due_month_start date check (due_month_start = first_of_month(due_month_start)),
    closed_date date,
    check (retained_amount <= expiring_amount),
    check (retained_amount <= renewed_amount),
    check (not is_due or is_renewed or is_open or is_lost),
    check (is_due = (exclusion_reason is null)),
    primary key (contract_term_key)
);
comment on table marts.fct_renewal is
    'One row per contract term, as it stands at the last instant before as_of: when it was or is '
    'due for renewal, what became of it, and what it was worth. Renewal rates count the terms with '
    'is_due; the others say why not. Amounts add up.';
comment on column marts.fct_renewal.contract_term_key is 'source:contract_term_id.';
comment on column marts.fct_renewal.customer_key is
    'Customer the term counts with: of an acquired one whoever has it in the month the term is '
    'due.';
comment on column marts.fct_renewal.source is 'System the term comes from.';
comment on column marts.fct_renewal.contract_term_id is 'The term''s id in its source.';
comment on column marts.fct_renewal.contract_key is
    'source:contract_id of the contract through all its renewals. Null: none known.';
comment on column marts.fct_renewal.previous_contract_term_key is
    'Term that this one renews. Null: the first one, or not known.';
comment on column marts.fct_renewal.replacing_contract_term_key is
    'Term agreed in place of this one, which takes over its due date. Null: not replaced.';
comment on column marts.fct_renewal.product_key is
    'source:product_id. Null: several, or not known.';
comment on column marts.fct_renewal.subscription_key is
    'source:subscription_id. Null: none, or not known.';
comment on column marts.fct_renewal.opportunity_key is
    'Opportunity to renew an open term that is due in the next twelve months. Null: none.';
comment on column marts.fct_renewal.term_type is 'standard, trial or pilot.';
comment on column marts.fct_renewal.exclusion_reason is
    'Why the term is in no renewal rate; the first that holds: test_customer; trial; pilot; '
    'not_signed_yet: signed at as_of or later; replaced; open_ended: without an end; deleted: by '
    'its source, on the day it was due or before; not_due_yet: due at as_of or later. Null: due.';
comment on column marts.fct_renewal.outcome is
    'open: not decided before as_of; renewed; lost: also open when its customer was deleted; '
    'reactivated: renewed, but so long after the due date that it was lost (LateRenewalDays); '
    'replaced.';
comment on column marts.fct_renewal.timing is
    'When it was renewed. early: in a month before that of the due date; on_time: in its month, on '
    'the due date or before; late: after it; unknown: the source does not say. Null: not renewed.';
comment on column marts.fct_renewal.loss_reason is
    'Why it was lost, in the words of the source, or customer_deleted. Null: not lost, or not '
    'said.';
comment on column marts.fct_renewal.native_currency is
    'Currency of the amounts that end in _native. Null: the term has no amounts.';
comment on column marts.fct_renewal.currency is 'Reporting currency, of all other amounts.';
comment on column marts.fct_renewal.segment is
    'Segment at the first instant of the month the term is due, as known at as_of; unknown where '
    'there is none.';
comment on column marts.fct_renewal.region is 'Region then; unknown where there is none.';
comment on column marts.fct_renewal.industry is 'Industry then; unknown where there is none.';
comment on column marts.fct_renewal.size_band is 'Size band then; unknown where there is none.';
comment on column marts.fct_renewal.owner_employee_key is
    'Employee responsible for the renewal, else the owner of the customer then; unknown where '
    'there is neither.';
comment on column marts.fct_renewal.probability_basis is
    'Where renewal_probability comes from. settled: the outcome is known before the due date; '
    'closed_opportunity: the opportunity is won or lost, the term not yet; opportunity: what the '
    'source says; won_share: the source says nothing, the share won of all renewal opportunities '
    'closed so far; segment_rate: no opportunity, the renewal rate by count of the segment over '
    'the last twelve months; unknown: nothing was due in it either. Null: not forecast.';
comment on column marts.fct_renewal.is_due is
    'True where the term was due before as_of and counts in renewal rates.';
comment on column marts.fct_renewal.is_renewed is 'True where outcome is renewed.';
comment on column marts.fct_renewal.is_on_time is
    'True where it was renewed on the due date or before.';
comment on column marts.fct_renewal.is_late_renewal is
    'True where it was renewed after the due date, which restates the period it was due in.';
comment on column marts.fct_renewal.is_open is 'True where outcome is open.';
comment on column marts.fct_renewal.is_lost is 'True where outcome is lost or reactivated.';
comment on column marts.fct_renewal.has_amounts is
    'False where an amount is not known or the term is excluded for good; it then counts in rates '
    'by count alone.';
comment on column marts.fct_renewal.is_auto_renew is
    'True where the term goes on by itself unless the customer objects.';
comment on column marts.fct_renewal.term_months is
    'Length in months, else counted from start to end. Null: without an end.';
comment on column marts.fct_renewal.expiring_amount_native is
    'Yearly value up for renewal: as given, else contract value / months x 12. Null: not known.';
comment on column marts.fct_renewal.renewed_amount_native is
    'Yearly value that was renewed: as given, else that of the terms that renew this one. 0: not '
    'renewed. Null: renewed at an unknown amount.';
comment on column marts.fct_renewal.expiring_amount is
    'The same in the reporting currency, at the rate of the start of the month it is due, or the '
    'last known for later months. Null: not known, or excluded for good.';
comment on column marts.fct_renewal.renewed_amount is
    'What was renewed in the reporting currency, at the rate of expiring_amount. Null: not known, '
    'or excluded for good.';
comment on column marts.fct_renewal.retained_amount is
    'The smaller of expiring_amount and renewed_amount. Null: one of them is.';
comment on column marts.fct_renewal.renewal_probability is
    'Probability 0 to 1 that a term of the next twelve months is renewed, see probability_basis. '
    'Risk of churn is not in it yet. Null: not forecast, or unknown.';
comment on column marts.fct_renewal.expected_amount is
    'renewal_probability x the yearly value that is offered, else the expiring one; of settled '
    'terms what was renewed. Null: not forecast, or not known.';
comment on column marts.fct_renewal.closed_after_days is
    'Days from the due date to the renewal, below 0 before it. Null: not renewed, or not known '
    'when.';
comment on column marts.fct_renewal.acquisition_month_start is
    'Month of the customer''s first payment. Null: it never paid.';
comment on column marts.fct_renewal.start_date is 'First day of the term.';
comment on column marts.fct_renewal.end_date is 'First day after the term. Null: open-ended.';
comment on column marts.fct_renewal.due_date is
    'Day the renewal is due: as given, else that of the term it replaced, else end_date. Null: '
    'open-ended.';
comment on column marts.fct_renewal.due_month_start is
    'Month in whose rates the term counts. Null: open-ended.';
comment on column marts.fct_renewal.closed_date is
    'Day the outcome was settled, in the reporting time zone. Null: open, or not known.';
