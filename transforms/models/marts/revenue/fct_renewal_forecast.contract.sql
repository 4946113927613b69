create table marts.fct_renewal_forecast (
    due_month_start date not null check (due_month_start = first_of_month(due_month_start)),
    segment_dimension varchar not null check (
        segment_dimension in (
            'all', 'segment', 'region', 'industry', 'size_band', 'owner', 'acquisition_cohort'
        )
    ),
    segment_value varchar not null,
    currency varchar not null,
    term_count bigint not null check (term_count > 0),
    renewed_count bigint not null,
    lost_count bigint not null,
    opportunity_count bigint not null,
    segment_rate_count bigint not null,
    unknown_count bigint not null,
    unvalued_count bigint not null,
    expected_count decimal(18, 4) not null,
    expiring_amount decimal(18, 4) not null,
    renewed_amount decimal(18, 4) not null,
    expected_amount decimal(18, 4) not null,
    unknown_amount decimal(18, 4) not null,
    check (
        renewed_count + lost_count + opportunity_count + segment_rate_count + unknown_count
        = term_count
    ),
    check (expected_count between 0 and term_count),
    check (expected_amount >= renewed_amount),
    primary key (due_month_start, segment_dimension, segment_value)
);
comment on table marts.fct_renewal_forecast is
    'One row per month, segment dimension and segment: the contract terms that are due within '
    'twelve months from as_of, and what of them is expected to be renewed. It rests on what '
    'sellers say and on past rates; the risk that a customer leaves is not in it yet, and terms '
    'that are overdue are not either. All columns add up, over months and over the segments of a '
    'dimension.';
comment on column marts.fct_renewal_forecast.due_month_start is
    'First day of the month the terms are due in. The first and the last month may be parts of '
    'one: from as_of, for twelve months.';
comment on column marts.fct_renewal_forecast.segment_dimension is
    'What terms are told apart by; all: not at all.';
comment on column marts.fct_renewal_forecast.segment_value is
    'The segment as known at as_of; unknown where there is none, all where the dimension is all.';
comment on column marts.fct_renewal_forecast.currency is
    'Reporting currency, in which the amounts are, at the last rates known.';
comment on column marts.fct_renewal_forecast.term_count is
    'Terms that are due in the month, decided or not.';
comment on column marts.fct_renewal_forecast.renewed_count is
    'Those of them that have been renewed early.';
comment on column marts.fct_renewal_forecast.lost_count is 'Those that have been lost early.';
comment on column marts.fct_renewal_forecast.opportunity_count is
    'Open terms whose probability is that of an opportunity.';
comment on column marts.fct_renewal_forecast.segment_rate_count is
    'Open terms without one, whose probability is the renewal rate of their segment over the last '
    'twelve months.';
comment on column marts.fct_renewal_forecast.unknown_count is
    'Open terms with no probability at all, which are in no expectation.';
comment on column marts.fct_renewal_forecast.unvalued_count is
    'Terms with a probability and no known amount, which are expected by count alone.';
comment on column marts.fct_renewal_forecast.expected_count is
    'Sum of the probabilities, 1 for what has been renewed.';
comment on column marts.fct_renewal_forecast.expiring_amount is
    'Yearly value that is up for renewal.';
comment on column marts.fct_renewal_forecast.renewed_amount is
    'Yearly value that has been renewed early.';
comment on column marts.fct_renewal_forecast.expected_amount is
    'renewed_amount and, of open terms, probability x the yearly value offered, else expiring.';
comment on column marts.fct_renewal_forecast.unknown_amount is
    'Of expiring_amount the part of unknown_count, of which nothing can be said.';
