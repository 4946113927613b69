create table intermediate.int_purchase_forecast (
    calibration varchar not null,
    customer_key varchar not null,
    alive_probability double not null check (alive_probability between 0 and 1),
    expected_purchase_count double not null check (expected_purchase_count >= 0),
    discounted_purchase_count double not null check (discounted_purchase_count >= 0),
    expected_purchase_amount double not null check (expected_purchase_amount > 0),
    primary key (calibration, customer_key)
);
comment on table intermediate.int_purchase_forecast is
    'One row per calibration that was fitted and customer without a contract: what it is expected '
    'to buy.';
comment on column intermediate.int_purchase_forecast.calibration is
    'What the models were fitted to: as_of or year_before.';
comment on column intermediate.int_purchase_forecast.customer_key is
    'Customer.';
comment on column intermediate.int_purchase_forecast.alive_probability is
    'Probability that it has not left for good.';
comment on column intermediate.int_purchase_forecast.expected_purchase_count is
    'Purchases expected from the end of the calibration on: of the setting ClvHorizonMonths, or of '
    '12 months where the calibration ended a year before.';
comment on column intermediate.int_purchase_forecast.discounted_purchase_count is
    'The same, each month discounted by the setting ClvDiscountRate, the first one in full.';
comment on column intermediate.int_purchase_forecast.expected_purchase_amount is
    'What one of them is expected to bring, in the reporting currency.';
