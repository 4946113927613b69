create table conformed.subscription_item (
    source varchar not null default 'file',
    subscription_item_id varchar not null,
    valid_from timestamp not null default '1900-01-01',
    subscription_id varchar,
    contract_id varchar,
    customer_id varchar not null,
    product_id varchar,
    plan_id varchar,
    status varchar not null default 'active' check (
        status in (
            'trialing', 'active', 'past_due', 'paused', 'unpaid', 'incomplete', 'canceled'
        )
    ),
    charge_type varchar not null default 'recurring'
        check (charge_type in ('recurring', 'usage', 'one_off')),
    billing_interval varchar not null default 'month'
        check (billing_interval in ('day', 'week', 'month', 'year')),
    currency varchar not null check (regexp_full_match(currency, '[A-Z]{3}')),
    churn_type varchar check (churn_type in ('voluntary', 'involuntary')),
    cancel_reason varchar,
    billing_interval_count bigint not null default 1 check (billing_interval_count > 0),
    quantity decimal(18, 4) not null default 1 check (quantity >= 0),
    unit_amount decimal(18, 4) check (unit_amount >= 0),
    started_at timestamp not null,
    trial_ends_at timestamp,
    past_due_since timestamp,
    paused_at timestamp,
    resumes_at timestamp,
    canceled_at timestamp,
    ends_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (unit_amount is not null or charge_type <> 'recurring'),
    check (
        status <> 'paused' or paused_at is not null or valid_from > timestamp '1900-01-01'
    ),
    check (
        status not in ('past_due', 'unpaid')
        or past_due_since is not null
        or valid_from > timestamp '1900-01-01'
    ),
    check (
        status <> 'canceled'
        or coalesce(ends_at, canceled_at) is not null
        or valid_from > timestamp '1900-01-01'
    ),
    primary key (source, subscription_item_id, valid_from)
);
comment on table conformed.subscription_item is
    'One row per subscription item and version: one priced position of a subscription, as it was '
    'from valid_from until the next version. Recurring revenue is computed from these rows. A file '
    'with one row an item, without valid_from, is enough: the instants in the row then say when it '
    'paused, fell behind or ended.';
comment on column conformed.subscription_item.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.subscription_item.subscription_item_id is
    'The item''s id in its source. Where a subscription has one price only, the subscription''s id '
    'serves.';
comment on column conformed.subscription_item.valid_from is
    'Instant from which this version''s status, price, quantity and plan hold (UTC), until the '
    'next version of the same item. The earliest version also holds before it, back to started_at, '
    'as nothing earlier is known. 1900-01-01: since the item started.';
comment on column conformed.subscription_item.subscription_id is
    'Subscription the item is a position of. Null: the item stands alone.';
comment on column conformed.subscription_item.contract_id is
    'Contract the item was sold under, as in contract_term. Null: none known.';
comment on column conformed.subscription_item.customer_id is 'Customer who pays for the item.';
comment on column conformed.subscription_item.product_id is
    'Product sold, whose family tells upsell from cross-sell. Null: all items without a product '
    'form one family.';
comment on column conformed.subscription_item.plan_id is
    'Plan or price the item is on. A change of plan within a product family is upsell or its '
    'opposite. Null: not known.';
comment on column conformed.subscription_item.status is
    'trialing: not paid yet; active; past_due: a payment failed, still served; paused: neither '
    'served nor billed; unpaid: collection given up; incomplete: the first payment never came, so '
    'it never counts; canceled: ended. A status holds from valid_from or, where the row gives it, '
    'from its own instant (trialing until trial_ends_at, past_due from past_due_since, paused from '
    'paused_at, canceled from ends_at or else canceled_at); before that instant the item counts as '
    'active. unpaid holds from valid_from and is past_due before; without valid_from, from the end '
    'of the dunning window.';
comment on column conformed.subscription_item.charge_type is
    'recurring: a fixed price each billing interval, the only type that makes MRR; usage: billed '
    'by consumption; one_off: billed once, such as a set-up fee.';
comment on column conformed.subscription_item.billing_interval is
    'Unit of the interval that unit_amount pays for; billing_interval_count says how many. A '
    'contract of 3 years at 36,000 in total is year, 3, 36,000, which makes 1,000 a month.';
comment on column conformed.subscription_item.currency is
    'Currency of unit_amount, ISO 4217 in capitals.';
comment on column conformed.subscription_item.churn_type is
    'Whether the customer chose to end (voluntary) or payment failed (involuntary). Null: '
    'involuntary if the item ended while past_due or unpaid, else voluntary.';
comment on column conformed.subscription_item.cancel_reason is
    'Reason given for canceling, in few fixed words such as too_expensive, missing_feature, '
    'switched, unused, closed_business. Null: none given.';
comment on column conformed.subscription_item.billing_interval_count is
    'Number of billing_interval units that unit_amount pays for: 3 with month is a quarter, 6 with '
    'month half a year.';
comment on column conformed.subscription_item.quantity is 'Number of units billed, such as seats.';
comment on column conformed.subscription_item.unit_amount is
    'Price of one unit for one billing interval in major units of currency, without tax and before '
    'discounts. Tiered or package prices: quantity 1 and the whole price. 0: free, which makes no '
    'MRR and is listed with that reason. Null only where charge_type is not recurring.';
comment on column conformed.subscription_item.started_at is
    'First instant of the item (UTC), its trial included. In the future: sold, not started, and '
    'counted from then on.';
comment on column conformed.subscription_item.trial_ends_at is
    'First instant after the trial (UTC): from started_at until then the item makes no MRR, '
    'whatever its status. Null: no trial, or with status trialing one whose end is not known.';
comment on column conformed.subscription_item.past_due_since is
    'When the oldest unpaid amount fell due (UTC). After the dunning window the item counts as '
    'ended, as involuntary churn. Null: nothing overdue, or with status past_due or unpaid since '
    'valid_from.';
comment on column conformed.subscription_item.paused_at is
    'First instant of the current or latest pause (UTC). Null: not paused, or with status paused '
    'since valid_from.';
comment on column conformed.subscription_item.resumes_at is
    'First instant after that pause (UTC), which may lie ahead. Null: not paused, or no end known: '
    'after the pause limit the item counts as churned.';
comment on column conformed.subscription_item.canceled_at is
    'When ending was asked for or decided (UTC), which is usually before ends_at. Null: never, or '
    'not known.';
comment on column conformed.subscription_item.ends_at is
    'First instant that is no longer paid for (exclusive, UTC). In the future: set to end, which '
    'Committed MRR leaves out from canceled_at on. On or before started_at: never active. Null: '
    'goes on; with status canceled, ended at canceled_at or else at valid_from.';
comment on column conformed.subscription_item.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.subscription_item.deleted_at is
    'When the source deleted the item as a whole (UTC), whichever version says so: it counts until '
    'then. Null: not deleted.';
