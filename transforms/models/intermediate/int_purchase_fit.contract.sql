create table intermediate.int_purchase_fit (
    calibration varchar not null,
    fit_status varchar not null check (fit_status in ('fitted', 'too_few_customers', 'no_fit')),
    bg_nbd_r double check (bg_nbd_r > 0),
    bg_nbd_alpha double check (bg_nbd_alpha > 0),
    bg_nbd_a double check (bg_nbd_a > 0),
    bg_nbd_b double check (bg_nbd_b > 0),
    bg_nbd_log_likelihood double,
    gamma_gamma_p double check (gamma_gamma_p > 0),
    gamma_gamma_q double check (gamma_gamma_q > 0),
    gamma_gamma_v double check (gamma_gamma_v > 0),
    gamma_gamma_log_likelihood double,
    customer_count bigint not null,
    repeat_customer_count bigint not null,
    repeat_purchase_count bigint not null,
    expected_repeat_purchase_count double,
    primary key (calibration)
);
comment on table intermediate.int_purchase_fit is
    'One row per calibration with customers without a contract: the fitted models.';
comment on column intermediate.int_purchase_fit.calibration is
    'What the models were fitted to: as_of, all purchases; year_before, those until a year earlier.';
comment on column intermediate.int_purchase_fit.fit_status is
    'fitted; too_few_customers: fewer than 30, or fewer than 10 that came back; no_fit: the most '
    'likely parameters do not exist, as where all amounts are equal.';
comment on column intermediate.int_purchase_fit.bg_nbd_r is
    'Shape of the purchase rates.';
comment on column intermediate.int_purchase_fit.bg_nbd_alpha is
    'Scale of the purchase rates in weeks: their mean is r / alpha a week.';
comment on column intermediate.int_purchase_fit.bg_nbd_a is
    'First shape of the leaving probabilities: their mean is a / (a + b) a purchase.';
comment on column intermediate.int_purchase_fit.bg_nbd_b is
    'Second shape of the leaving probabilities.';
comment on column intermediate.int_purchase_fit.bg_nbd_log_likelihood is
    'Log-likelihood of the purchases.';
comment on column intermediate.int_purchase_fit.gamma_gamma_p is
    'Shape of the amounts of one customer.';
comment on column intermediate.int_purchase_fit.gamma_gamma_q is
    'Shape of the distribution of mean amounts between customers.';
comment on column intermediate.int_purchase_fit.gamma_gamma_v is
    'Scale of that distribution, in the reporting currency.';
comment on column intermediate.int_purchase_fit.gamma_gamma_log_likelihood is
    'Log-likelihood of the mean amounts.';
comment on column intermediate.int_purchase_fit.customer_count is
    'Customers that the models were fitted to.';
comment on column intermediate.int_purchase_fit.repeat_customer_count is
    'Those of them that came back.';
comment on column intermediate.int_purchase_fit.repeat_purchase_count is
    'Their purchases after the first.';
comment on column intermediate.int_purchase_fit.expected_repeat_purchase_count is
    'The purchases after the first that the fitted model expects of as many customers in as much '
    'time: the nearer to what there were, the better the fit.';
