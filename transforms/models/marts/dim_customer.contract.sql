create table marts.dim_customer (
    customer_key varchar not null primary key,
    merged_into_customer_key varchar,
    name varchar,
    customer_type varchar check (customer_type in ('business', 'consumer')),
    customer_status varchar not null
        check (customer_status in ('never_paid', 'paying', 'paused', 'gap', 'churned', 'merged')),
    lifecycle_stage varchar,
    segment varchar not null,
    industry varchar not null,
    country varchar,
    region varchar not null,
    size_band varchar not null,
    owner_employee_key varchar not null references marts.dim_employee (employee_key),
    acquisition_channel varchar,
    language varchar,
    time_zone varchar,
    match_method varchar not null
        check (match_method in ('own', 'merge', 'link', 'email', 'domain')),
    is_listed boolean not null,
    is_test boolean not null,
    is_ambiguous boolean not null,
    is_deleted boolean not null,
    currency varchar not null,
    mrr_amount decimal(18, 4) not null,
    record_count bigint not null check (record_count > 0),
    match_confidence decimal(18, 4) not null check (match_confidence between 0 and 1),
    employee_count bigint,
    acquisition_month_start date,
    first_paid_month_start date,
    last_paid_month_start date,
    merged_month_start date,
    created_date date,
    deleted_date date
);
comment on table marts.dim_customer is
    'One row per customer: its records in all sources folded into one, as it is today. Who was '
    'acquired by another customer keeps a row for the time before. Customers whom no source lists '
    'but whose money or links name them have a row too.';
comment on column marts.dim_customer.customer_key is
    'The customer in every fact: source:customer_id of the record that stands for it, the one '
    'others were merged into, else the first in the order of the alphabet.';
comment on column marts.dim_customer.merged_into_customer_key is
    'Customer that acquired this one and has its revenue now. Null: stands for itself.';
comment on column marts.dim_customer.name is
    'Name of the company. Null: not known, or a consumer, whose name is not shown.';
comment on column marts.dim_customer.customer_type is
    'business or consumer. Null: listed nowhere, so not known.';
comment on column marts.dim_customer.customer_status is
    'By revenue at the last instant before as_of. paying; paused: all it has is paused; gap: a load '
    'is missing that may have said what it pays; churned: paid once, not now; never_paid; merged: '
    'acquired by another.';
comment on column marts.dim_customer.lifecycle_stage is
    'Stage the source gives it. Null: not said.';
comment on column marts.dim_customer.segment is 'Segment today; unknown where there is none.';
comment on column marts.dim_customer.industry is 'Industry today; unknown where there is none.';
comment on column marts.dim_customer.country is 'Country today. Null: not known.';
comment on column marts.dim_customer.region is 'Sales region today; unknown where there is none.';
comment on column marts.dim_customer.size_band is 'Size band today; unknown where there is none.';
comment on column marts.dim_customer.owner_employee_key is
    'Employee responsible today, as source:employee_id; unknown where there is none.';
comment on column marts.dim_customer.acquisition_channel is
    'How the customer was won. Null: not known.';
comment on column marts.dim_customer.language is
    'Language it is spoken to in, as BCP 47 tag. Null: not known.';
comment on column marts.dim_customer.time_zone is
    'Its clock as IANA name. Null: the reporting time zone.';
comment on column marts.dim_customer.match_method is
    'How its records came together, the least sure way of all of them: own (one record), merge, '
    'link, email, domain.';
comment on column marts.dim_customer.is_listed is
    'False if no source lists the customer and only revenue, payments, links or merges name it.';
comment on column marts.dim_customer.is_test is
    'True for test, demo and internal customers, which no KPI counts.';
comment on column marts.dim_customer.is_ambiguous is
    'True if it shares an e-mail address or domain with others, but cannot be told which of them '
    'it is, so it stays apart. A link settles it.';
comment on column marts.dim_customer.is_deleted is
    'True if every source that listed it has deleted it.';
comment on column marts.dim_customer.currency is 'Reporting currency, that of mrr_amount.';
comment on column marts.dim_customer.mrr_amount is 'MRR at the last instant before as_of.';
comment on column marts.dim_customer.record_count is 'Records of all sources that it is made of.';
comment on column marts.dim_customer.match_confidence is
    'How sure the least sure of its matches is, 0 to 1.';
comment on column marts.dim_customer.employee_count is
    'Number of people the customer employs. Null: not known.';
comment on column marts.dim_customer.acquisition_month_start is
    'Month in which it first paid, or first bought where that is known to be earlier: its '
    'acquisition cohort. Null: never paid.';
comment on column marts.dim_customer.first_paid_month_start is
    'First month in which it paid by the recurring revenue known here. Null: never.';
comment on column marts.dim_customer.last_paid_month_start is
    'Last month at whose end it had MRR above 0. Null: never.';
comment on column marts.dim_customer.merged_month_start is
    'Month from which it counts as part of merged_into_customer_key. Null: not acquired.';
comment on column marts.dim_customer.created_date is
    'Day it was first recorded in any source. Null: not known.';
comment on column marts.dim_customer.deleted_date is
    'Day the last source deleted it. Null: not deleted.';
