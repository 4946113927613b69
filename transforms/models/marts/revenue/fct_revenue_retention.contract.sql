create table marts.fct_revenue_retention (
    period_type varchar not null
        check (period_type in ('month', 'quarter', 'fiscal_year', 'trailing_12_months')),
    period_start date not null check (period_start = first_of_month(period_start)),
    period_end date not null,
    segment_dimension varchar not null check (
        segment_dimension in (
            'all', 'segment', 'region', 'industry', 'size_band', 'owner', 'acquisition_cohort',
            'plan'
        )
    ),
    segment_value varchar not null,
    currency varchar not null,
    customer_count bigint not null check (customer_count >= 0),
    retained_customer_count bigint not null,
    gap_customer_count bigint not null check (gap_customer_count >= 0),
    opening_mrr_amount decimal(18, 4) not null,
    closing_mrr_amount decimal(18, 4) not null,
    retained_mrr_amount decimal(18, 4) not null,
    net_revenue_retention_rate double,
    gross_revenue_retention_rate double,
    logo_retention_rate double,
    logo_churn_rate double,
    gross_revenue_churn_rate double,
    net_revenue_churn_rate double,
    check (period_end > period_start),
    check (retained_customer_count between 0 and customer_count),
    check (retained_mrr_amount <= opening_mrr_amount),
    check (retained_mrr_amount <= closing_mrr_amount),
    check (gross_revenue_retention_rate <= least(1, net_revenue_retention_rate)),
    primary key (period_type, period_start, period_end, segment_dimension, segment_value)
);
comment on table marts.fct_revenue_retention is
    'One row per complete period, segment dimension and segment: how much of the recurring revenue '
    'and how many of the customers there were when the period began are there when it ends. Who '
    'comes or comes back within the period is not in it. Counts and amounts add up over the '
    'segments of one dimension; rates do not, they are made anew of the sums.';
comment on column marts.fct_revenue_retention.period_type is
    'month; quarter: of the fiscal year, which is that of the calendar unless the setting says '
    'otherwise; fiscal_year; trailing_12_months: the twelve months before each month''s end.';
comment on column marts.fct_revenue_retention.period_start is
    'First day of the period; the customers are those with MRR above 0 at the instant it begins.';
comment on column marts.fct_revenue_retention.period_end is
    'First day after the period (exclusive). Only periods that have ended are listed.';
comment on column marts.fct_revenue_retention.segment_dimension is
    'What customers are told apart by; all: not at all, one row a period.';
comment on column marts.fct_revenue_retention.segment_value is
    'The segment, as of the start of the period; unknown where the customer had none. all where '
    'the dimension is all. owner: source:employee_id; acquisition_cohort: month of the first '
    'payment, such as 2025-03; plan: the plan that made most of the opening MRR.';
comment on column marts.fct_revenue_retention.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_revenue_retention.customer_count is
    'Customers with MRR above 0 when the period begins. Companies that became one within the '
    'period count as the one they became.';
comment on column marts.fct_revenue_retention.retained_customer_count is
    'Those of them with MRR above 0 when it ends, whatever happened in between.';
comment on column marts.fct_revenue_retention.gap_customer_count is
    'Customers of whom a load is missing that may have said what they paid when the period began '
    'or ended. They are in no other count or amount; above 0 the rates are null.';
comment on column marts.fct_revenue_retention.opening_mrr_amount is
    'Their MRR when the period begins.';
comment on column marts.fct_revenue_retention.closing_mrr_amount is
    'Their MRR when the period ends, at the exchange rates of its start.';
comment on column marts.fct_revenue_retention.retained_mrr_amount is
    'Sum over the customers of the smaller of opening and closing MRR.';
comment on column marts.fct_revenue_retention.net_revenue_retention_rate is
    'closing_mrr_amount / opening_mrr_amount. Null: no opening MRR, or a gap.';
comment on column marts.fct_revenue_retention.gross_revenue_retention_rate is
    'retained_mrr_amount / opening_mrr_amount, never above 1. Null: no opening MRR, or a gap.';
comment on column marts.fct_revenue_retention.logo_retention_rate is
    'retained_customer_count / customer_count. Null: no customers, or a gap.';
comment on column marts.fct_revenue_retention.logo_churn_rate is
    '1 - logo_retention_rate. Null: no customers, or a gap.';
comment on column marts.fct_revenue_retention.gross_revenue_churn_rate is
    '1 - gross_revenue_retention_rate. Null: no opening MRR, or a gap.';
comment on column marts.fct_revenue_retention.net_revenue_churn_rate is
    '1 - net_revenue_retention_rate, below 0 where revenue grew. Null: no opening MRR, or a gap.';
