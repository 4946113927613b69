create table marts.fct_customer_lifetime_value (
    customer_key varchar not null references marts.dim_customer (customer_key),
    currency varchar not null,
    segment varchar not null,
    region varchar not null,
    industry varchar not null,
    size_band varchar not null,
    owner_employee_key varchar not null,
    prediction_status varchar not null check (
        prediction_status in (
            'predicted', 'not_paying', 'no_history', 'no_churn', 'no_margin', 'no_fit'
        )
    ),
    prediction_method varchar check (prediction_method in ('contract', 'purchases')),
    collected_amount decimal(18, 4) not null,
    refunded_amount decimal(18, 4) not null,
    work_cost_amount decimal(18, 4) not null,
    fee_amount decimal(18, 4) not null,
    cost_to_serve_amount decimal(18, 4) not null,
    historic_amount decimal(18, 4) not null,
    mrr_amount decimal(18, 4) not null,
    margin_amount decimal(18, 4),
    gross_margin_rate double,
    segment_opening_mrr_amount decimal(18, 4),
    segment_churned_mrr_amount decimal(18, 4),
    segment_revenue_churn_rate double check (segment_revenue_churn_rate between 0 and 1),
    lifetime_months double check (lifetime_months > 0),
    alive_probability double check (alive_probability between 0 and 1),
    expected_purchase_count double check (expected_purchase_count >= 0),
    expected_purchase_amount decimal(18, 4) check (expected_purchase_amount > 0),
    predicted_amount decimal(18, 4),
    acquisition_month_start date,
    check (cost_to_serve_amount = work_cost_amount + fee_amount),
    check (historic_amount = collected_amount - refunded_amount - cost_to_serve_amount),
    check ((prediction_status = 'predicted') = (predicted_amount is not null)),
    check ((prediction_status = 'predicted') = (prediction_method is not null)),
    check (coalesce(prediction_method = 'contract', false) = (lifetime_months is not null)),
    primary key (customer_key)
);
comment on table marts.fct_customer_lifetime_value is
    'One row per customer, test customers left out: what it brought in until as_of, and what it is '
    'expected to bring while it stays. Amounts add up; rates and months do not.';
comment on column marts.fct_customer_lifetime_value.customer_key is
    'Customer. Money of one that was acquired counts with whoever had it in the month it moved.';
comment on column marts.fct_customer_lifetime_value.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_customer_lifetime_value.segment is
    'Segment today, whose churn the prediction rests on; unknown where there is none.';
comment on column marts.fct_customer_lifetime_value.region is
    'Region today; unknown where there is none.';
comment on column marts.fct_customer_lifetime_value.industry is
    'Industry today; unknown where there is none.';
comment on column marts.fct_customer_lifetime_value.size_band is
    'Size band today; unknown where there is none.';
comment on column marts.fct_customer_lifetime_value.owner_employee_key is
    'Employee responsible today; unknown where there is none.';
comment on column marts.fct_customer_lifetime_value.prediction_status is
    'predicted; else why not, the first that holds: not_paying: no MRR above 0 at as_of; '
    'no_history: the segment had no MRR twelve months ago, or a load is missing that may have said '
    'what it had or has; no_churn: it lost nothing since, which says nothing of when it will; '
    'no_margin: a product states no margin and the setting GrossMarginRate is empty. Without a '
    'contract no_fit: too few customers buy to foretell from, or none alike; no_margin: the '
    'setting GrossMarginRate is empty.';
comment on column marts.fct_customer_lifetime_value.prediction_method is
    'contract: MRR x margin / churn of the segment; purchases: who never had a contract, by '
    'BG/NBD and Gamma-Gamma. Null: not predicted.';
comment on column marts.fct_customer_lifetime_value.collected_amount is
    'Payments that succeeded, without tax, at the rates of their months.';
comment on column marts.fct_customer_lifetime_value.refunded_amount is
    'What went back, without tax: refunds, chargebacks, and credit notes paid by other means.';
comment on column marts.fct_customer_lifetime_value.work_cost_amount is
    'Cost of all work done for the customer: labour, subcontractors, travel, other. Work for no '
    'single customer is not in it.';
comment on column marts.fct_customer_lifetime_value.fee_amount is
    'What payment providers kept of its payments.';
comment on column marts.fct_customer_lifetime_value.cost_to_serve_amount is
    'work_cost_amount + fee_amount.';
comment on column marts.fct_customer_lifetime_value.historic_amount is
    'Historic lifetime value: collected_amount - refunded_amount - cost_to_serve_amount.';
comment on column marts.fct_customer_lifetime_value.mrr_amount is
    'MRR at the last instant before as_of; below 0 where discounts are known of lines that are not.';
comment on column marts.fct_customer_lifetime_value.margin_amount is
    'What is left of the MRR after the cost of providing it: of each item MRR x the gross margin '
    'of its product, else of the setting. Null: not paying, or a margin is missing.';
comment on column marts.fct_customer_lifetime_value.gross_margin_rate is
    'margin_amount / mrr_amount. Null: not paying, or a margin is missing.';
comment on column marts.fct_customer_lifetime_value.segment_opening_mrr_amount is
    'MRR of the customer''s segment twelve months before the last month''s end. Null: none.';
comment on column marts.fct_customer_lifetime_value.segment_churned_mrr_amount is
    'What the segment lost of it since, to contraction and churn. Null: nothing to lose.';
comment on column marts.fct_customer_lifetime_value.segment_revenue_churn_rate is
    'segment_churned_mrr_amount / segment_opening_mrr_amount: gross revenue churn of twelve '
    'months. Null: nothing to lose.';
comment on column marts.fct_customer_lifetime_value.lifetime_months is
    '12 / segment_revenue_churn_rate, at most the setting ClvHorizonMonths. Null: not '
    'predicted, or no contract.';
comment on column marts.fct_customer_lifetime_value.alive_probability is
    'Without a contract: probability that the customer has not left for good. Null: under '
    'contract, never bought, or no_fit.';
comment on column marts.fct_customer_lifetime_value.expected_purchase_count is
    'Without a contract: purchases expected within the setting ClvHorizonMonths. Null: as '
    'alive_probability.';
comment on column marts.fct_customer_lifetime_value.expected_purchase_amount is
    'Without a contract: what one of them is expected to bring. Null: as alive_probability.';
comment on column marts.fct_customer_lifetime_value.predicted_amount is
    'Predicted lifetime value from as_of on: margin_amount a month for lifetime_months, '
    'discounted by the setting ClvDiscountRate. The mean of a segment is its ARPA x gross margin / '
    'revenue churn rate. Without a contract: purchases expected within the setting '
    'ClvHorizonMonths x what one is expected to bring x the setting GrossMarginRate, discounted '
    'alike. Null: not predicted.';
comment on column marts.fct_customer_lifetime_value.acquisition_month_start is
    'Month of the customer''s first payment. Null: it never paid.';
