create table marts.fct_cohort_retention (
    acquisition_month_start date not null
        check (acquisition_month_start = first_of_month(acquisition_month_start)),
    months_since bigint not null check (months_since >= 0),
    month_start date not null check (month_start = first_of_month(month_start)),
    currency varchar not null,
    is_observed_from_start boolean not null,
    customer_count bigint not null check (customer_count >= 0),
    retained_customer_count bigint not null,
    active_customer_count bigint not null check (active_customer_count >= 0),
    returned_customer_count bigint not null,
    paused_customer_count bigint not null check (paused_customer_count >= 0),
    gap_customer_count bigint not null check (gap_customer_count >= 0),
    starting_mrr_amount decimal(18, 4) not null,
    constant_mrr_amount decimal(18, 4) not null,
    mrr_amount decimal(18, 4) not null,
    logo_retention_rate double,
    active_logo_rate double,
    net_revenue_retention_rate double,
    check (retained_customer_count between 0 and customer_count),
    check (active_customer_count <= customer_count),
    check (returned_customer_count between 0 and active_customer_count),
    primary key (acquisition_month_start, months_since)
);
comment on table marts.fct_cohort_retention is
    'One row per month of acquisition and complete month since: of the customers acquired in a '
    'month, how many and how much of their revenue are left. Counts and amounts of one month_start '
    'or one months_since add up over cohorts; rates do not, they are made anew of the sums.';
comment on column marts.fct_cohort_retention.acquisition_month_start is
    'The cohort: month in which the customers first paid, or first bought where that is known to '
    'be earlier.';
comment on column marts.fct_cohort_retention.months_since is
    'Months from the month of acquisition, which is 0, to month_start.';
comment on column marts.fct_cohort_retention.month_start is
    'First day of the month at whose end the row is measured. Only months that have ended are '
    'listed.';
comment on column marts.fct_cohort_retention.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_cohort_retention.is_observed_from_start is
    'False for cohorts from before the recurring revenue known here begins: who left earlier is '
    'not in them, so that they look better than they were.';
comment on column marts.fct_cohort_retention.customer_count is
    'Customers of the cohort, the denominator of the logo rates. Who was acquired with revenue by '
    'another customer leaves it then.';
comment on column marts.fct_cohort_retention.retained_customer_count is
    'Customers of the cohort who have not lapsed at the end of any month since their first '
    'payment. A pause is no lapse, and who returns stays lapsed: so it never grows from month to '
    'month.';
comment on column marts.fct_cohort_retention.active_customer_count is
    'Customers of the cohort with MRR above 0 at the month''s end, those who lapsed and returned '
    'included.';
comment on column marts.fct_cohort_retention.returned_customer_count is
    'Those of active_customer_count who had lapsed before.';
comment on column marts.fct_cohort_retention.paused_customer_count is
    'Customers of the cohort who make no MRR because all they have is paused.';
comment on column marts.fct_cohort_retention.gap_customer_count is
    'Customers of the cohort of whom a load is missing that may have said what they pay. Above 0 '
    'the rates are null.';
comment on column marts.fct_cohort_retention.starting_mrr_amount is
    'MRR that the customers had at the end of the month of their first payment, the denominator of '
    'net_revenue_retention_rate. That of an acquired customer goes over to the cohort of the one '
    'that has its revenue.';
comment on column marts.fct_cohort_retention.constant_mrr_amount is
    'MRR of the cohort at the month''s end, at the exchange rates of the end of the month of each '
    'customer''s first payment.';
comment on column marts.fct_cohort_retention.mrr_amount is
    'MRR of the cohort at the month''s end, at the exchange rates of that month.';
comment on column marts.fct_cohort_retention.logo_retention_rate is
    'retained_customer_count / customer_count. Null: no customers.';
comment on column marts.fct_cohort_retention.active_logo_rate is
    'active_customer_count / customer_count. Null: no customers.';
comment on column marts.fct_cohort_retention.net_revenue_retention_rate is
    'constant_mrr_amount / starting_mrr_amount, above 1 where the cohort grew. Null: no '
    'starting_mrr_amount.';
