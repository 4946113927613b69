create table marts.fct_renewal_rate (
    period_type varchar not null
        check (period_type in ('month', 'quarter', 'fiscal_year', 'trailing_12_months')),
    period_start date not null check (period_start = first_of_month(period_start)),
    period_end date not null,
    segment_dimension varchar not null check (
        segment_dimension in (
            'all', 'segment', 'region', 'industry', 'size_band', 'owner', 'acquisition_cohort'
        )
    ),
    segment_value varchar not null,
    currency varchar not null,
    is_complete boolean not null,
    due_count bigint not null check (due_count >= 0),
    renewed_count bigint not null,
    on_time_count bigint not null,
    late_renewal_count bigint not null,
    open_count bigint not null,
    lost_count bigint not null,
    valued_count bigint not null check (valued_count between 0 and due_count),
    expiring_amount decimal(18, 4) not null,
    retained_amount decimal(18, 4) not null,
    renewed_amount decimal(18, 4) not null,
    late_renewal_amount decimal(18, 4) not null,
    renewal_rate double,
    on_time_renewal_rate double,
    best_case_renewal_rate double,
    gross_renewal_rate double,
    net_renewal_rate double,
    check (period_end > period_start),
    check (renewed_count + open_count + lost_count = due_count),
    check (on_time_count + late_renewal_count <= renewed_count),
    check (retained_amount <= expiring_amount),
    check (retained_amount <= renewed_amount),
    check (late_renewal_amount <= renewed_amount),
    primary key (period_type, period_start, period_end, segment_dimension, segment_value)
);
comment on table marts.fct_renewal_rate is
    'One row per period, segment dimension and segment: how many of the contract terms that were '
    'due in it have been renewed until now, and what of their yearly value. A late renewal changes '
    'the period its term was due in. Counts and amounts add up over months and over the segments '
    'of one dimension; rates do not, they are made anew of the sums.';
comment on column marts.fct_renewal_rate.period_type is
    'month; quarter: of the fiscal year; fiscal_year; trailing_12_months: the twelve months that '
    'end with each month, where there are as many since the first term was due.';
comment on column marts.fct_renewal_rate.period_start is
    'First day of the period, in the reporting time zone.';
comment on column marts.fct_renewal_rate.period_end is 'First day after the period (exclusive).';
comment on column marts.fct_renewal_rate.segment_dimension is
    'What terms are told apart by; all: not at all, one row a period.';
comment on column marts.fct_renewal_rate.segment_value is
    'The segment at the first instant of the month a term was due; unknown where there was none, '
    'all where the dimension is all. owner: source:employee_id of who is responsible for the '
    'renewal; acquisition_cohort: month of the customer''s first payment, such as 2025-03.';
comment on column marts.fct_renewal_rate.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_renewal_rate.is_complete is
    'False for a period in progress, which has only what was due before as_of.';
comment on column marts.fct_renewal_rate.due_count is
    'Terms that were due in the period: those of fct_renewal with is_due.';
comment on column marts.fct_renewal_rate.renewed_count is
    'Those of them that were renewed, whenever that was.';
comment on column marts.fct_renewal_rate.on_time_count is
    'Those that were renewed on their due date or before. One renewed at an unknown time is '
    'neither on time nor late.';
comment on column marts.fct_renewal_rate.late_renewal_count is
    'Those that were renewed after their due date.';
comment on column marts.fct_renewal_rate.open_count is 'Those that are not decided yet.';
comment on column marts.fct_renewal_rate.lost_count is
    'Those that were lost, or renewed so late that they had been lost.';
comment on column marts.fct_renewal_rate.valued_count is
    'Terms whose amounts are known; the others count in the rates by count alone.';
comment on column marts.fct_renewal_rate.expiring_amount is
    'Yearly value that was up for renewal.';
comment on column marts.fct_renewal_rate.retained_amount is
    'Sum over the terms of the smaller of expiring and renewed yearly value.';
comment on column marts.fct_renewal_rate.renewed_amount is
    'Yearly value that was renewed, growth included.';
comment on column marts.fct_renewal_rate.late_renewal_amount is
    'Of renewed_amount the part of late renewals.';
comment on column marts.fct_renewal_rate.renewal_rate is
    'renewed_count / due_count. Null: nothing was due.';
comment on column marts.fct_renewal_rate.on_time_renewal_rate is
    'on_time_count / due_count. Null: nothing was due.';
comment on column marts.fct_renewal_rate.best_case_renewal_rate is
    '(renewed_count + open_count) / due_count: all that is open is won. Null: nothing was due.';
comment on column marts.fct_renewal_rate.gross_renewal_rate is
    'retained_amount / expiring_amount, never above 1. Null: no value was due.';
comment on column marts.fct_renewal_rate.net_renewal_rate is
    'renewed_amount / expiring_amount, above 1 where renewals grew. Null: no value was due.';
