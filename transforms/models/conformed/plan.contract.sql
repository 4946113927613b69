create table conformed.plan (
    source varchar not null default 'file',
    plan_id varchar not null,
    product_id varchar,
    name varchar,
    tier varchar,
    charge_type varchar check (charge_type in ('recurring', 'usage', 'one_off')),
    billing_interval varchar check (billing_interval in ('day', 'week', 'month', 'year')),
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    is_free boolean not null default false,
    is_active boolean not null default true,
    tier_rank bigint,
    billing_interval_count bigint check (billing_interval_count > 0),
    unit_amount decimal(18, 4) check (unit_amount >= 0),
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, plan_id)
);
comment on table conformed.plan is
    'One row per plan: a product''s price list entry, called price in some billing systems. A '
    'changed price is a new plan or a new version of the subscription items on it, never a change '
    'of history here.';
comment on column conformed.plan.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.plan.plan_id is 'The plan''s id in its source.';
comment on column conformed.plan.product_id is 'Product the plan sells. Null: none known.';
comment on column conformed.plan.name is 'Name of the plan. Null: its id is shown.';
comment on column conformed.plan.tier is
    'Tier the plan stands for, such as basic, pro, enterprise: moving between plans of one tier is '
    'a price change, between tiers an upsell or its opposite. Null: each plan is a tier of its '
    'own.';
comment on column conformed.plan.charge_type is
    'How the plan is charged, as in subscription_item, which says what counts. Null: not said.';
comment on column conformed.plan.billing_interval is
    'Unit of the interval the list price pays for. Null: not recurring, or not known.';
comment on column conformed.plan.currency is
    'Currency of the list price, ISO 4217 in capitals. Null: no list price, or several currencies.';
comment on column conformed.plan.is_free is
    'True for a plan given away: its items make no MRR and its users are not paying customers, '
    'whatever price is recorded.';
comment on column conformed.plan.is_active is
    'False when the plan can no longer be chosen. Existing subscriptions go on.';
comment on column conformed.plan.tier_rank is
    'Rank of the tier within the product family, 1 the smallest, to order tiers in reports. Null: '
    'not ranked.';
comment on column conformed.plan.billing_interval_count is
    'Number of billing_interval units the list price pays for. Null: 1.';
comment on column conformed.plan.unit_amount is
    'List price of one unit for one billing interval in major units of currency, without tax. '
    'Null: none. MRR follows the item''s own price.';
comment on column conformed.plan.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.plan.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
