create table marts.fct_purchase_model (
    calibration varchar not null check (calibration in ('as_of', 'year_before')),
    currency varchar not null,
    fit_status varchar not null check (fit_status in ('fitted', 'too_few_customers', 'no_fit')),
    customer_count bigint not null check (customer_count > 0),
    repeat_customer_count bigint not null check (repeat_customer_count >= 0),
    repeat_purchase_count bigint not null check (repeat_purchase_count >= 0),
    expected_repeat_purchase_count double,
    later_purchase_count bigint,
    expected_later_purchase_count double,
    alive_customer_count double,
    bg_nbd_r double,
    bg_nbd_alpha double,
    bg_nbd_a double,
    bg_nbd_b double,
    bg_nbd_log_likelihood double,
    gamma_gamma_p double,
    gamma_gamma_q double,
    gamma_gamma_v double,
    gamma_gamma_log_likelihood double,
    calibrated_until date not null,
    primary key (calibration)
);
comment on table marts.fct_purchase_model is
    'One row per calibration with customers without a contract: the models that their predicted '
    'lifetime value rests on, and how well they foretell. Not additive.';
comment on column marts.fct_purchase_model.calibration is
    'What the models were fitted to: as_of, all purchases, which the predictions rest on; '
    'year_before, those until twelve months earlier, to be held against what came after.';
comment on column marts.fct_purchase_model.currency is
    'Reporting currency, in which the amounts are that the models were fitted to.';
comment on column marts.fct_purchase_model.fit_status is
    'fitted; too_few_customers: fewer than 30, or fewer than 10 that came back; no_fit: the most '
    'likely parameters do not exist, as where all amounts are equal.';
comment on column marts.fct_purchase_model.customer_count is
    'Customers that had bought, and never had a contract.';
comment on column marts.fct_purchase_model.repeat_customer_count is
    'Those of them that came back.';
comment on column marts.fct_purchase_model.repeat_purchase_count is
    'Their purchases after the first, at most one a day.';
comment on column marts.fct_purchase_model.expected_repeat_purchase_count is
    'What the fitted model expects of as many customers in as much time: the nearer to '
    'repeat_purchase_count, the better it fits. Null: not fitted.';
comment on column marts.fct_purchase_model.later_purchase_count is
    'Purchases of these customers in the twelve months after the calibration. Null: still to come.';
comment on column marts.fct_purchase_model.expected_later_purchase_count is
    'What the model had foretold for them. Null: still to come, or not fitted.';
comment on column marts.fct_purchase_model.alive_customer_count is
    'Customers expected not to have left: the sum of their probabilities. Null: not fitted.';
comment on column marts.fct_purchase_model.bg_nbd_r is
    'BG/NBD: shape of the purchase rates. Null: not fitted, as in all parameters.';
comment on column marts.fct_purchase_model.bg_nbd_alpha is
    'BG/NBD: scale of the purchase rates in weeks; their mean is r / alpha a week.';
comment on column marts.fct_purchase_model.bg_nbd_a is
    'BG/NBD: first shape of the leaving probabilities; their mean is a / (a + b) a purchase.';
comment on column marts.fct_purchase_model.bg_nbd_b is
    'BG/NBD: second shape of the leaving probabilities.';
comment on column marts.fct_purchase_model.bg_nbd_log_likelihood is
    'BG/NBD: log-likelihood of the purchases.';
comment on column marts.fct_purchase_model.gamma_gamma_p is
    'Gamma-Gamma: shape of the amounts of one customer.';
comment on column marts.fct_purchase_model.gamma_gamma_q is
    'Gamma-Gamma: shape of the distribution of mean amounts between customers.';
comment on column marts.fct_purchase_model.gamma_gamma_v is
    'Gamma-Gamma: scale of that distribution, in the reporting currency.';
comment on column marts.fct_purchase_model.gamma_gamma_log_likelihood is
    'Gamma-Gamma: log-likelihood of the mean amounts.';
comment on column marts.fct_purchase_model.calibrated_until is
    'First day whose purchases the models do not know.';
