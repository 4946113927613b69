create table seeds.currency (
    currency varchar not null primary key check (regexp_full_match(currency, '[A-Z]{3}')),
    minor_unit_exponent integer not null check (minor_unit_exponent between 0 and 4),
    name varchar not null
);
comment on table seeds.currency is
    'One row per currency of ISO 4217 that has a minor unit: the active ones, and ANG, BGN and '
    'HRK, which older records still use.';
comment on column seeds.currency.currency is 'ISO 4217 code in capitals, such as EUR.';
comment on column seeds.currency.minor_unit_exponent is
    'Decimal digits of the minor unit by ISO 4217: an amount in minor units / 10 ^ exponent is the '
    'amount in major units. EUR 2, JPY 0, BHD 3. A vendor that counts otherwise is converted in '
    'its staging models.';
comment on column seeds.currency.name is 'Name of the currency in English.';
