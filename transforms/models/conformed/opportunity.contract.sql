create table conformed.opportunity (
    source varchar not null default 'file',
    opportunity_id varchar not null,
    customer_id varchar,
    owner_employee_id varchar,
    contract_term_id varchar,
    product_id varchar,
    name varchar,
    opportunity_type varchar
        check (opportunity_type in ('new_business', 'expansion', 'renewal', 'services', 'other')),
    stage varchar,
    status varchar not null default 'open' check (status in ('open', 'won', 'lost')),
    forecast_category varchar
        check (forecast_category in ('pipeline', 'best_case', 'commit', 'closed', 'omitted')),
    lead_source varchar,
    loss_reason varchar,
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    amount decimal(18, 4),
    arr_amount decimal(18, 4),
    probability decimal(18, 4) check (probability between 0 and 1),
    created_at timestamp,
    expected_close_date date,
    closed_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (coalesce(amount, arr_amount) is null or currency is not null),
    primary key (source, opportunity_id)
);
comment on table conformed.opportunity is
    'One row per sales opportunity as it is now: new business, expansion or renewal. Open renewals '
    'feed the renewal forecast.';
comment on column conformed.opportunity.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.opportunity.opportunity_id is 'The opportunity''s id in its source.';
comment on column conformed.opportunity.customer_id is
    'Customer it is for. Null: not yet a customer or account.';
comment on column conformed.opportunity.owner_employee_id is 'Employee who owns it. Null: nobody.';
comment on column conformed.opportunity.contract_term_id is
    'Term that a renewal is to renew. Null: not a renewal, or found by customer and end of term.';
comment on column conformed.opportunity.product_id is
    'Product offered. Null: several, or not known.';
comment on column conformed.opportunity.name is 'Name of the opportunity. Null: its id is shown.';
comment on column conformed.opportunity.opportunity_type is
    'new_business: the customer''s first purchase; expansion: more from a customer; renewal: a '
    'term to be renewed; services: work by people. Null: not said; it is then in no forecast.';
comment on column conformed.opportunity.stage is
    'Sales stage in the words of the source. Null: not said.';
comment on column conformed.opportunity.status is
    'open, won or lost, whatever the stages are called.';
comment on column conformed.opportunity.forecast_category is
    'Category the owner forecasts it in. Null: not said.';
comment on column conformed.opportunity.lead_source is
    'Where it came from, such as referral, event, website. Null: not known.';
comment on column conformed.opportunity.loss_reason is
    'Why it was lost, in few fixed words. Null: not lost, or not said.';
comment on column conformed.opportunity.currency is
    'Currency of the amounts, ISO 4217 in capitals. Null only where there is no amount.';
comment on column conformed.opportunity.amount is
    'Whole value in major units of currency, without tax. Null: not known.';
comment on column conformed.opportunity.arr_amount is
    'Yearly recurring part of it, which compares to the expiring amount of a renewal. Null: taken '
    'from amount and the term''s months.';
comment on column conformed.opportunity.probability is
    'Probability of winning by the source, 0 to 1: 0.25 is 25 per cent. Null: the share won of its '
    'kind so far.';
comment on column conformed.opportunity.created_at is 'When it was opened (UTC). Null: not known.';
comment on column conformed.opportunity.expected_close_date is
    'Day it is expected to be decided. Null: not known.';
comment on column conformed.opportunity.closed_at is
    'When it was won or lost (UTC). Null: open, or not known.';
comment on column conformed.opportunity.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.opportunity.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
