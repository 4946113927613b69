create table marts.fct_segment_month (
    month_start date not null check (month_start = first_of_month(month_start)),
    value_band varchar not null,
    revenue_stage varchar not null check (
        revenue_stage in (
            'new', 'established', 'paused', 'gap', 'churned', 'reactivated', 'merged'
        )
    ),
    currency varchar not null,
    is_complete boolean not null,
    opening_customer_count bigint not null check (opening_customer_count >= 0),
    moved_in_customer_count bigint not null check (moved_in_customer_count >= 0),
    moved_out_customer_count bigint not null
        check (moved_out_customer_count between 0 and opening_customer_count),
    customer_count bigint not null check (customer_count >= 0),
    mrr_amount decimal(18, 4) not null,
    check (
        opening_customer_count + moved_in_customer_count - moved_out_customer_count
        = customer_count
    ),
    primary key (month_start, value_band, revenue_stage)
);
comment on table marts.fct_segment_month is
    'One row per month, value band and stage that anybody was ever in: how many customers are in '
    'it at the month''s end and what they pay, among all who have ever paid. Counts and amounts of '
    'one month add up; months do not, but moves do. fct_segment_move says who they are.';
comment on column marts.fct_segment_month.month_start is
    'First day of the month, in the reporting time zone.';
comment on column marts.fct_segment_month.value_band is
    'Band of ARR at the month''s end, as the seed value_band draws them; none for customers who '
    'pay nothing.';
comment on column marts.fct_segment_month.revenue_stage is
    'Stage at the month''s end. new: in its first months, as many as new_customer_months says; '
    'reactivated: the same after a lapse; established: pays, and neither; paused: all it has is '
    'paused; gap: a load is missing that may have said what it pays; churned: paid, and pays no '
    'more; merged: acquired by another customer.';
comment on column marts.fct_segment_month.currency is
    'Reporting currency, in which mrr_amount is.';
comment on column marts.fct_segment_month.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_segment_month.opening_customer_count is
    'Customers in it when the month began.';
comment on column marts.fct_segment_month.moved_in_customer_count is
    'Customers that came into it in the month, those that had never paid before included.';
comment on column marts.fct_segment_month.moved_out_customer_count is
    'Customers that left it for another band or stage in the month.';
comment on column marts.fct_segment_month.customer_count is
    'Customers in it when the month ended.';
comment on column marts.fct_segment_month.mrr_amount is
    'Their MRR when the month ended, at the exchange rates of its last day.';
