create table marts.dim_currency_rate (
    native_currency varchar not null,
    month_start date not null check (month_start = first_of_month(month_start)),
    currency varchar not null,
    route varchar check (route in ('reporting_currency', 'given', 'turned_round', 'via')),
    via_currency varchar,
    is_complete boolean not null,
    opening_rate decimal(18, 8) check (opening_rate > 0),
    rate decimal(18, 8) check (rate > 0),
    rate_date date not null,
    quoted_date date,
    check ((rate is null) = (route is null)),
    check ((route is not null and route = 'via') = (via_currency is not null)),
    check (quoted_date <= rate_date),
    primary key (native_currency, month_start)
);
comment on table marts.dim_currency_rate is
    'One row per currency in which recurring revenue is billed and month: the rates at which the '
    'facts value the month. The reporting currency has its rows too, at 1.';
comment on column marts.dim_currency_rate.native_currency is
    'Currency that is converted, native_currency of the facts.';
comment on column marts.dim_currency_rate.month_start is
    'First day of the month; the first one is the month before the first recurring revenue, '
    'which opens it.';
comment on column marts.dim_currency_rate.currency is 'Reporting currency, which results.';
comment on column marts.dim_currency_rate.route is
    'Where rate comes from. given: quoted from native_currency to currency; turned_round: quoted '
    'the other way; via: over a third currency; reporting_currency: nothing is converted. Null: no '
    'rate.';
comment on column marts.dim_currency_rate.via_currency is
    'Third currency that the rate was made over. Null: route is not via.';
comment on column marts.dim_currency_rate.is_complete is
    'False for the month in progress, which is valued at the last day before as_of.';
comment on column marts.dim_currency_rate.opening_rate is
    'Units of currency for one unit of native_currency when the month began, at which movements '
    'are valued: rate of the month before, else that of the month. Null: there is none yet.';
comment on column marts.dim_currency_rate.rate is
    'Units of currency for one unit of native_currency when the month ended, at which MRR is '
    'valued. Null: none was known by then, and no amount needed one.';
comment on column marts.dim_currency_rate.rate_date is
    'Day whose rate is asked for: the last one of the month, or the last before as_of.';
comment on column marts.dim_currency_rate.quoted_date is
    'Day the rate is of, the latest on or before rate_date; of two rates the older one. Null: no '
    'rate, or nothing is converted.';
