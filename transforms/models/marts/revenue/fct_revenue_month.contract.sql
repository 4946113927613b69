create table marts.fct_revenue_month (
    month_start date not null check (month_start = first_of_month(month_start)),
    segment_dimension varchar not null check (
        segment_dimension in (
            'all', 'segment', 'region', 'industry', 'size_band', 'owner', 'acquisition_cohort'
        )
    ),
    segment_value varchar not null,
    currency varchar not null,
    is_complete boolean not null,
    opening_customer_count bigint not null check (opening_customer_count >= 0),
    customer_count bigint not null check (customer_count >= 0),
    new_customer_count bigint not null,
    returned_customer_count bigint not null,
    expansion_customer_count bigint not null,
    contraction_customer_count bigint not null,
    churned_customer_count bigint not null,
    opening_gap_customer_count bigint not null check (opening_gap_customer_count >= 0),
    gap_customer_count bigint not null check (gap_customer_count >= 0),
    opening_mrr_amount decimal(18, 4) not null,
    new_amount decimal(18, 4) not null,
    returned_amount decimal(18, 4) not null,
    expansion_amount decimal(18, 4) not null,
    contraction_amount decimal(18, 4) not null,
    churned_amount decimal(18, 4) not null,
    paused_amount decimal(18, 4) not null,
    gap_amount decimal(18, 4) not null,
    merged_amount decimal(18, 4) not null,
    fx_amount decimal(18, 4) not null,
    mrr_amount decimal(18, 4) not null,
    committed_mrr_amount decimal(18, 4) not null,
    check (
        opening_mrr_amount + new_amount + returned_amount + expansion_amount + contraction_amount
        + churned_amount + paused_amount + gap_amount + merged_amount + fx_amount = mrr_amount
    ),
    primary key (month_start, segment_dimension, segment_value)
);
comment on table marts.fct_revenue_month is
    'One row per month, segment dimension and segment: what recurring revenue was when the month '
    'began, how it moved, and what it was when it ended. Opening plus all movements is closing in '
    'every row, to the last digit. Movements add up over months; the values of one dimension add '
    'up to all.';
comment on column marts.fct_revenue_month.month_start is
    'First day of the month, in the reporting time zone. The months are without gaps where the '
    'dimension is all.';
comment on column marts.fct_revenue_month.segment_dimension is
    'What customers are told apart by; all: not at all.';
comment on column marts.fct_revenue_month.segment_value is
    'The segment as of the first instant of the month; unknown where there is none, all where the '
    'dimension is all. A customer that changes its segment closes in one and opens in the other.';
comment on column marts.fct_revenue_month.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_revenue_month.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_revenue_month.opening_customer_count is
    'Customers with MRR above 0 when the month began.';
comment on column marts.fct_revenue_month.customer_count is
    'Customers with MRR above 0 when the month ended.';
comment on column marts.fct_revenue_month.new_customer_count is
    'Customers with a movement of type new.';
comment on column marts.fct_revenue_month.returned_customer_count is
    'Customers with a movement of type late_renewal or reactivation.';
comment on column marts.fct_revenue_month.expansion_customer_count is
    'Customers with a movement of type expansion.';
comment on column marts.fct_revenue_month.contraction_customer_count is
    'Customers with a movement of type contraction.';
comment on column marts.fct_revenue_month.churned_customer_count is
    'Customers with a movement of type churn.';
comment on column marts.fct_revenue_month.opening_gap_customer_count is
    'Customers of whom a load is missing that may have said what they paid when the month began. '
    'Above 0: opening MRR is what is known of it.';
comment on column marts.fct_revenue_month.gap_customer_count is
    'Customers of whom a load is missing that may have said what they pay when the month ended. '
    'Above 0: MRR is what is known of it.';
comment on column marts.fct_revenue_month.opening_mrr_amount is 'MRR when the month began.';
comment on column marts.fct_revenue_month.new_amount is
    'MRR of customers that never paid before.';
comment on column marts.fct_revenue_month.returned_amount is
    'MRR of customers that are back: late_renewal and reactivation.';
comment on column marts.fct_revenue_month.expansion_amount is
    'What customers pay more, at the exchange rate of the month''s start.';
comment on column marts.fct_revenue_month.contraction_amount is
    'What customers pay less, below 0.';
comment on column marts.fct_revenue_month.churned_amount is
    'What customers paid that pay no more, below 0.';
comment on column marts.fct_revenue_month.paused_amount is
    'What was resumed less what was paused; a pause that became churn is no longer in it.';
comment on column marts.fct_revenue_month.gap_amount is
    'What was there again after loads were missing, less what is not seen since they are.';
comment on column marts.fct_revenue_month.merged_amount is
    'What acquisitions brought in or took out; 0 where the dimension is all.';
comment on column marts.fct_revenue_month.fx_amount is 'What exchange rates changed.';
comment on column marts.fct_revenue_month.mrr_amount is 'MRR when the month ended.';
comment on column marts.fct_revenue_month.committed_mrr_amount is
    'MRR when the month ended without items that are set to end.';
