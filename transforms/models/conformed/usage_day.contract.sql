create table conformed.usage_day (
    source varchar not null default 'file',
    customer_id varchar not null,
    usage_date date not null,
    product_id varchar not null default 'all',
    metric varchar not null,
    quantity decimal(18, 4) not null check (quantity >= 0),
    active_user_count bigint check (active_user_count >= 0),
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, customer_id, usage_date, product_id, metric)
);
comment on table conformed.usage_day is
    'One row per customer, day, product and metric: how much a product was used. A customer''s day '
    'without a row is no use if anybody of that source has one that day, and not measured '
    'otherwise.';
comment on column conformed.usage_day.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.usage_day.customer_id is 'Customer who used it.';
comment on column conformed.usage_day.usage_date is 'Day of use in the reporting time zone.';
comment on column conformed.usage_day.product_id is
    'Product used; all where products are not told apart.';
comment on column conformed.usage_day.metric is
    'What is counted, in few fixed words, such as logins, sessions, reports_created, api_calls, '
    'gigabytes.';
comment on column conformed.usage_day.quantity is 'How much of the metric. 0: measured, and none.';
comment on column conformed.usage_day.active_user_count is
    'Number of different people behind it that day; not to be added up over days. Null: not known.';
comment on column conformed.usage_day.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.usage_day.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
