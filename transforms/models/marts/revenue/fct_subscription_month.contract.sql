create table marts.fct_subscription_month (
    customer_key varchar not null references marts.dim_customer (customer_key),
    month_start date not null check (month_start = first_of_month(month_start)),
    product_family varchar not null,
    native_currency varchar not null,
    currency varchar not null,
    is_complete boolean not null,
    is_past_due boolean not null,
    is_paused boolean not null,
    item_count bigint not null check (item_count >= 0),
    opening_mrr_amount decimal(18, 4) not null,
    opening_gap_mrr_amount decimal(18, 4) not null,
    gross_mrr_amount decimal(18, 4) not null,
    discount_amount decimal(18, 4) not null,
    mrr_amount decimal(18, 4) not null,
    committed_mrr_amount decimal(18, 4) not null,
    paused_mrr_amount decimal(18, 4) not null,
    gap_mrr_amount decimal(18, 4) not null,
    fx_amount decimal(18, 4) not null,
    opening_mrr_amount_native decimal(18, 4) not null,
    gross_mrr_amount_native decimal(18, 4) not null,
    discount_amount_native decimal(18, 4) not null,
    mrr_amount_native decimal(18, 4) not null,
    committed_mrr_amount_native decimal(18, 4) not null,
    check (gross_mrr_amount - discount_amount = mrr_amount),
    check (gross_mrr_amount_native - discount_amount_native = mrr_amount_native),
    primary key (customer_key, month_start, product_family, native_currency),
    foreign key (native_currency, month_start)
        references marts.dim_currency_rate (native_currency, month_start)
);
comment on table marts.fct_subscription_month is
    'One row per customer, month, product family and billing currency: contracted recurring '
    'revenue at the month''s last instant, from the first month with any to the one after the '
    'last. Amounts of one month add up; months do not. The sums of a customer, month and currency '
    'are those of fct_customer_month, which has the customer''s segments. Test customers are left '
    'out.';
comment on column marts.fct_subscription_month.customer_key is
    'Customer who has the revenue in this month, acquisitions as they stood then.';
comment on column marts.fct_subscription_month.month_start is
    'First day of the month, in the reporting time zone.';
comment on column marts.fct_subscription_month.product_family is
    'Product family of the items, see dim_product; unknown where the product is not known, also '
    'for discounts that an invoice grants on a line of their own, which are below 0.';
comment on column marts.fct_subscription_month.native_currency is
    'Currency the items are billed in, that of the amounts that end in _native.';
comment on column marts.fct_subscription_month.currency is
    'Reporting currency, that of the other amounts.';
comment on column marts.fct_subscription_month.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_subscription_month.is_past_due is
    'True if an item counts although a payment for it is overdue.';
comment on column marts.fct_subscription_month.is_paused is
    'True if an item is paused and has not yet become churn.';
comment on column marts.fct_subscription_month.item_count is
    'Items that count at the month''s end.';
comment on column marts.fct_subscription_month.opening_mrr_amount is
    'MRR when the month began: mrr_amount of the month before.';
comment on column marts.fct_subscription_month.opening_gap_mrr_amount is
    'gap_mrr_amount when the month began.';
comment on column marts.fct_subscription_month.gross_mrr_amount is
    'MRR at the month''s end before discounts.';
comment on column marts.fct_subscription_month.discount_amount is
    'Recurring discounts in force at the month''s end.';
comment on column marts.fct_subscription_month.mrr_amount is
    'MRR at the month''s end: recurring prices less discounts, without tax, converted at the rate '
    'of its last day.';
comment on column marts.fct_subscription_month.committed_mrr_amount is
    'MRR without items that are set to end, whenever that will be.';
comment on column marts.fct_subscription_month.paused_mrr_amount is
    'What paused items made before their pause. It is not part of mrr_amount.';
comment on column marts.fct_subscription_month.gap_mrr_amount is
    'What items made that may go on in a load that is missing, before it. It is not part of '
    'mrr_amount.';
comment on column marts.fct_subscription_month.fx_amount is
    'Part of mrr_amount that comes from rates having moved since the month began.';
comment on column marts.fct_subscription_month.opening_mrr_amount_native is
    'opening_mrr_amount in native_currency.';
comment on column marts.fct_subscription_month.gross_mrr_amount_native is
    'gross_mrr_amount in native_currency.';
comment on column marts.fct_subscription_month.discount_amount_native is
    'discount_amount in native_currency.';
comment on column marts.fct_subscription_month.mrr_amount_native is
    'mrr_amount in native_currency.';
comment on column marts.fct_subscription_month.committed_mrr_amount_native is
    'committed_mrr_amount in native_currency.';
