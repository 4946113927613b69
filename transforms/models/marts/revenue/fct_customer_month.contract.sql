create table marts.fct_customer_month (
    customer_key varchar not null references marts.dim_customer (customer_key),
    month_start date not null check (month_start = first_of_month(month_start)),
    native_currency varchar not null,
    currency varchar not null,
    segment varchar not null,
    region varchar not null,
    industry varchar not null,
    size_band varchar not null,
    owner_employee_key varchar not null references marts.dim_employee (employee_key),
    acquisition_month_start date,
    value_band varchar not null,
    revenue_stage varchar not null check (
        revenue_stage in (
            'not_yet', 'new', 'established', 'paused', 'gap', 'churned', 'reactivated', 'merged'
        )
    ),
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
    mrr_amount_native decimal(18, 4) not null,
    check (gross_mrr_amount - discount_amount = mrr_amount),
    primary key (customer_key, month_start, native_currency),
    foreign key (native_currency, month_start)
        references marts.dim_currency_rate (native_currency, month_start)
);
comment on table marts.fct_customer_month is
    'One row per customer, month and currency it is billed in: contracted recurring revenue at the '
    'month''s last instant, from the first month with any to the one after the last. Amounts of '
    'one month add up; months do not. Test customers are left out.';
comment on column marts.fct_customer_month.customer_key is
    'Customer who has the revenue in this month, acquisitions as they stood then.';
comment on column marts.fct_customer_month.month_start is
    'First day of the month, in the reporting time zone.';
comment on column marts.fct_customer_month.native_currency is
    'Currency the customer is billed in, that of the amounts that end in _native.';
comment on column marts.fct_customer_month.currency is
    'Reporting currency, that of the other amounts.';
comment on column marts.fct_customer_month.segment is
    'Segment as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_customer_month.region is
    'Sales region as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_customer_month.industry is
    'Industry as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_customer_month.size_band is
    'Size band as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_customer_month.owner_employee_key is
    'Employee responsible as of the first instant of the month, as source:employee_id; unknown '
    'where there is none.';
comment on column marts.fct_customer_month.acquisition_month_start is
    'Month in which the customer first paid, or first bought where that is known to be earlier. '
    'Null: never paid, as with revenue that discounts take to nothing.';
comment on column marts.fct_customer_month.value_band is
    'Band of the customer''s ARR at the month''s end, over all currencies, as the seed value_band '
    'draws them; none where it pays nothing.';
comment on column marts.fct_customer_month.revenue_stage is
    'Where the customer stands at the month''s end, over all currencies, by what it pays. new: in '
    'its first months, as many as new_customer_months says; reactivated: the same after a lapse; '
    'established: pays, and neither; paused: all it has is paused; gap: a load is missing that may '
    'have said what it pays; churned: paid, and pays no more; merged: acquired by another '
    'customer; not_yet: never paid.';
comment on column marts.fct_customer_month.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_customer_month.is_past_due is
    'True if an item counts although a payment for it is overdue.';
comment on column marts.fct_customer_month.is_paused is
    'True if an item is paused and has not yet become churn.';
comment on column marts.fct_customer_month.item_count is 'Items that count at the month''s end.';
comment on column marts.fct_customer_month.opening_mrr_amount is
    'MRR when the month began: mrr_amount of the month before.';
comment on column marts.fct_customer_month.opening_gap_mrr_amount is
    'gap_mrr_amount when the month began.';
comment on column marts.fct_customer_month.gross_mrr_amount is
    'MRR at the month''s end before discounts.';
comment on column marts.fct_customer_month.discount_amount is
    'Recurring discounts in force at the month''s end.';
comment on column marts.fct_customer_month.mrr_amount is
    'MRR at the month''s end: recurring prices less discounts, without tax, converted at the rate '
    'of its last day. ARR is twelve times this.';
comment on column marts.fct_customer_month.committed_mrr_amount is
    'MRR without items that are set to end, whenever that will be.';
comment on column marts.fct_customer_month.paused_mrr_amount is
    'What paused items made before their pause. It is not part of mrr_amount.';
comment on column marts.fct_customer_month.gap_mrr_amount is
    'What items made that may go on in a load that is missing, before it. It is not part of '
    'mrr_amount.';
comment on column marts.fct_customer_month.fx_amount is
    'Part of mrr_amount that comes from rates having moved since the month began.';
comment on column marts.fct_customer_month.opening_mrr_amount_native is
    'opening_mrr_amount in native_currency.';
comment on column marts.fct_customer_month.mrr_amount_native is
    'mrr_amount in native_currency.';
