create table conformed.exchange_rate (
    source varchar not null default 'file',
    rate_date date not null,
    from_currency varchar not null check (regexp_full_match(from_currency, '[A-Z]{3}')),
    to_currency varchar not null check (regexp_full_match(to_currency, '[A-Z]{3}')),
    rate decimal(18, 8) not null check (rate > 0),
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, rate_date, from_currency, to_currency)
);
comment on table conformed.exchange_rate is
    'One row per day and pair of currencies. Amounts are converted by the latest rate on or before '
    'the day that counts; where there is none, the run stops and names currency and date.';
comment on column conformed.exchange_rate.source is
    'System or institution the rate comes from, in lower case, such as ecb; file when nothing else '
    'is said.';
comment on column conformed.exchange_rate.rate_date is
    'Day of the rate. It holds until the next day that has one, so weekends need no rows.';
comment on column conformed.exchange_rate.from_currency is
    'Currency that is converted, ISO 4217 in capitals.';
comment on column conformed.exchange_rate.to_currency is
    'Currency that results, ISO 4217 in capitals. A pair may be given in one direction only, and '
    'against one common currency such as EUR.';
comment on column conformed.exchange_rate.rate is
    'How many units of to_currency one unit of from_currency is worth: 1.1 from EUR to USD makes '
    '110 USD of 100 EUR.';
comment on column conformed.exchange_rate.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.exchange_rate.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
