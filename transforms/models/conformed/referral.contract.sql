create table conformed.referral (
    source varchar not null default 'file',
    referral_id varchar not null,
    customer_id varchar not null,
    contact_id varchar,
    referred_customer_id varchar,
    opportunity_id varchar,
    referral_type varchar not null default 'referral'
        check (referral_type in ('referral', 'reference')),
    reference_kind varchar,
    status varchar not null default 'open' check (status in ('open', 'won', 'lost')),
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    won_amount decimal(18, 4) check (won_amount >= 0),
    given_at timestamp not null,
    closed_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (won_amount is null or currency is not null),
    primary key (source, referral_id)
);
comment on table conformed.referral is
    'One row per act of advocacy: a customer recommends us to somebody, or stands as a reference.';
comment on column conformed.referral.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.referral.referral_id is 'The referral''s id in its source.';
comment on column conformed.referral.customer_id is
    'Customer who recommends us or stands as a reference.';
comment on column conformed.referral.contact_id is 'Person who did. Null: not known.';
comment on column conformed.referral.referred_customer_id is
    'Customer who was recommended to us, once it is one. Null: not one yet, not known, or not a '
    'referral.';
comment on column conformed.referral.opportunity_id is
    'Opportunity that came of it or was helped by it; won if that is. Null: none, or not known.';
comment on column conformed.referral.referral_type is
    'referral: a prospect was named or sent to us; reference: the customer spoke for us, which '
    'makes it referenceable for 12 months.';
comment on column conformed.referral.reference_kind is
    'Form of a reference, such as call, case_study, review, talk, logo. Null: not said, or a '
    'referral.';
comment on column conformed.referral.status is
    'Whether a referral was won: open, won (the referred one bought), lost. References stay open.';
comment on column conformed.referral.currency is
    'Currency of won_amount, ISO 4217 in capitals. Null only where there is no amount.';
comment on column conformed.referral.won_amount is
    'Yearly value won in major units of currency, without tax. Null: not won, or not known.';
comment on column conformed.referral.given_at is
    'When the referral was made or the reference given (UTC).';
comment on column conformed.referral.closed_at is
    'When a referral was won or lost (UTC). Null: open, or not known.';
comment on column conformed.referral.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.referral.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
