create table marts.dim_plan (
    plan_key varchar not null primary key,
    product_key varchar references marts.dim_product (product_key),
    name varchar not null,
    tier varchar not null,
    charge_type varchar check (charge_type in ('recurring', 'usage', 'one_off')),
    billing_interval varchar check (billing_interval in ('day', 'week', 'month', 'year')),
    currency varchar,
    is_listed boolean not null,
    is_free boolean not null,
    is_active boolean not null,
    is_deleted boolean not null,
    tier_rank bigint,
    billing_interval_count bigint check (billing_interval_count > 0),
    unit_amount decimal(18, 4) check (unit_amount >= 0),
    monthly_unit_amount decimal(18, 4) check (monthly_unit_amount >= 0),
    deleted_date date,
    check (is_listed or not is_active)
);
comment on table marts.dim_plan is
    'One row per plan, as it is today: a price list entry of a product that a source lists, and '
    'what items and invoice lines name although no source lists it.';
comment on column marts.dim_plan.plan_key is 'The plan in every fact: source:plan_id.';
comment on column marts.dim_plan.product_key is
    'Product it sells, as source:product_id. Null: not known.';
comment on column marts.dim_plan.name is 'Name of the plan; its id where it has none.';
comment on column marts.dim_plan.tier is
    'Tier it stands for: from plan to plan within a tier is a change of price, between tiers an '
    'upsell or its opposite. A plan without a tier is one of its own, called by its id.';
comment on column marts.dim_plan.charge_type is
    'recurring, usage or one_off. The item says what counts. Null: not said.';
comment on column marts.dim_plan.billing_interval is
    'Unit of the interval that the list price pays for. Null: not recurring, or not known.';
comment on column marts.dim_plan.currency is
    'Currency of the list price. Null: no list price, or several currencies.';
comment on column marts.dim_plan.is_listed is
    'False if no source lists the plan and only items or invoice lines name it.';
comment on column marts.dim_plan.is_free is 'True for a plan that is given away and makes no MRR.';
comment on column marts.dim_plan.is_active is
    'True if it can be chosen today: a source lists it so, and has not deleted it.';
comment on column marts.dim_plan.is_deleted is 'True if its source has deleted it.';
comment on column marts.dim_plan.tier_rank is
    'Rank of the tier within the product family, 1 the smallest. Null: not ranked.';
comment on column marts.dim_plan.billing_interval_count is
    'Number of billing_interval units that the list price pays for. Null: no billing_interval.';
comment on column marts.dim_plan.unit_amount is
    'List price of one unit for one billing interval, without tax, in currency. Null: none.';
comment on column marts.dim_plan.monthly_unit_amount is
    'List price of one unit for a month, by the factor that MRR is made with. Null: no list price, '
    'or not recurring.';
comment on column marts.dim_plan.deleted_date is 'Day its source deleted it. Null: not deleted.';
