create table marts.fct_revenue_item (
    revenue_item_key varchar not null primary key,
    customer_key varchar not null references marts.dim_customer (customer_key),
    source varchar not null,
    item_id varchar not null,
    product_key varchar references marts.dim_product (product_key),
    plan_key varchar references marts.dim_plan (plan_key),
    item_type varchar not null check (item_type in ('subscription_item', 'invoice_line')),
    exclusion_reason varchar check (
        exclusion_reason in (
            'test_customer', 'usage', 'one_off', 'incomplete', 'free', 'no_quantity',
            'not_started', 'deleted', 'customer_deleted', 'ended', 'trial', 'unpaid', 'paused',
            'pause_expired', 'void', 'draft', 'proration', 'discount', 'credit', 'tax',
            'no_service_period', 'gap', 'covered_by_subscription'
        )
    ),
    native_currency varchar not null,
    is_recurring boolean not null,
    monthly_amount_native decimal(18, 4),
    mrr_amount_native decimal(18, 4) not null,
    check (is_recurring = (exclusion_reason is null)),
    check (is_recurring or mrr_amount_native = 0)
);
comment on table marts.fct_revenue_item is
    'One row per subscription item and per invoice line, none left out: whether it makes MRR at '
    'the last instant before as_of, and if not, why not.';
comment on column marts.fct_revenue_item.revenue_item_key is
    'item_type:source:item_id.';
comment on column marts.fct_revenue_item.customer_key is 'Customer who has the item today.';
comment on column marts.fct_revenue_item.source is 'System the item comes from.';
comment on column marts.fct_revenue_item.item_id is
    'subscription_item_id or invoice_line_id in the source.';
comment on column marts.fct_revenue_item.product_key is
    'Product, its plan''s where it names none itself, as source:product_id. Null: not known.';
comment on column marts.fct_revenue_item.plan_key is
    'Plan as source:plan_id. Null: not known.';
comment on column marts.fct_revenue_item.item_type is
    'subscription_item: an item in its version of that instant; invoice_line.';
comment on column marts.fct_revenue_item.exclusion_reason is
    'Why it makes no MRR. test_customer; usage, one_off: such a charge; incomplete: first payment '
    'never came; free; no_quantity; not_started; trial; paused; pause_expired: paused for longer '
    'than counts as a pause; unpaid: overdue for longer than the dunning window, or given up; '
    'ended; deleted, customer_deleted: in the source. Of invoice lines also void, draft: the '
    'invoice; proration, credit, tax: the line; discount: one that MRR is not less, by the setting '
    'discount_policy; no_service_period; gap: it ended, and what may follow it is in a load that '
    'is missing; covered_by_subscription: subscription items speak for that customer and time. '
    'Null: it counts.';
comment on column marts.fct_revenue_item.native_currency is 'Currency of the amounts.';
comment on column marts.fct_revenue_item.is_recurring is 'True if it makes MRR.';
comment on column marts.fct_revenue_item.monthly_amount_native is
    'What it is worth a month while it counts: of items before discounts, of lines after those '
    'that MRR is less. Null: nothing a month, as with usage and one-off charges and lines without a '
    'service period.';
comment on column marts.fct_revenue_item.mrr_amount_native is
    'What it adds to MRR, after the discounts that MRR is less; 0 where it does not count.';
