create table marts.fct_segment_move (
    customer_key varchar not null references marts.dim_customer (customer_key),
    month_start date not null check (month_start = first_of_month(month_start)),
    from_value_band varchar not null,
    from_revenue_stage varchar not null check (
        from_revenue_stage in (
            'not_yet', 'new', 'established', 'paused', 'gap', 'churned', 'reactivated'
        )
    ),
    value_band varchar not null,
    revenue_stage varchar not null check (
        revenue_stage in (
            'new', 'established', 'paused', 'gap', 'churned', 'reactivated', 'merged'
        )
    ),
    currency varchar not null,
    is_complete boolean not null,
    opening_mrr_amount decimal(18, 4) not null,
    mrr_amount decimal(18, 4) not null,
    primary key (customer_key, month_start)
);
comment on table marts.fct_segment_move is
    'One row per customer and month in which it moved to another value band or stage: from where '
    'to where. Moves add up; fct_segment_month has who is where.';
comment on column marts.fct_segment_move.customer_key is 'Customer that moved.';
comment on column marts.fct_segment_move.month_start is
    'First day of the month in which it moved, in the reporting time zone. Its places are those at '
    'the month''s beginning and end.';
comment on column marts.fct_segment_move.from_value_band is
    'Band of its ARR before; none where it paid nothing.';
comment on column marts.fct_segment_move.from_revenue_stage is
    'Stage before; not_yet: it had never paid.';
comment on column marts.fct_segment_move.value_band is
    'Band of its ARR since, at the exchange rates of the month''s end; none where it pays nothing.';
comment on column marts.fct_segment_move.revenue_stage is
    'Stage since. new: in its first months, as many as new_customer_months says; reactivated: the '
    'same after a lapse; established: pays, and neither; paused: all it has is paused; gap: a load '
    'is missing that may have said what it pays; churned: paid, and pays no more; merged: acquired '
    'by another customer.';
comment on column marts.fct_segment_move.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_segment_move.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_segment_move.opening_mrr_amount is
    'MRR of the customer when the month began.';
comment on column marts.fct_segment_move.mrr_amount is 'MRR of the customer when it ended.';
