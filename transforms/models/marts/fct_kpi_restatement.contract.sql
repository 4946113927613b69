create table marts.fct_kpi_restatement (
    source varchar not null,
    reported_run_id varchar not null,
    kpi varchar not null,
    period_type varchar not null,
    period_start date not null,
    period_end date not null,
    segment_dimension varchar not null,
    segment_value varchar not null,
    restated_run_id varchar not null,
    cause varchar not null check (
        cause in ('records', 'definition', 'settings', 'models', 'time', 'retention')
    ),
    raw_files varchar,
    is_record_count_partial boolean not null,
    record_count bigint check (record_count >= 0),
    reported_numerator decimal(18, 4),
    reported_denominator decimal(18, 4),
    reported_value double,
    restated_numerator decimal(18, 4),
    restated_denominator decimal(18, 4),
    restated_value double,
    value_change double,
    reported_at timestamp not null,
    restated_at timestamp not null,
    primary key (
        source, reported_run_id, kpi, period_type, period_start, segment_dimension,
        segment_value
    )
);
comment on table marts.fct_kpi_restatement is
    'One row per number of a period that was over when it was published, and that a later run '
    'published otherwise: what it was, what it is, and why. Not additive.';
comment on column marts.fct_kpi_restatement.source is 'Installation that published: pipeline.';
comment on column marts.fct_kpi_restatement.reported_run_id is
    'Run that had published the number.';
comment on column marts.fct_kpi_restatement.kpi is 'KPI, see dim_kpi.';
comment on column marts.fct_kpi_restatement.period_type is
    'Kind of period: month, quarter, fiscal_year or trailing_12_months.';
comment on column marts.fct_kpi_restatement.period_start is 'First day of the period.';
comment on column marts.fct_kpi_restatement.period_end is
    'First day after the period, which was over when the number was published.';
comment on column marts.fct_kpi_restatement.segment_dimension is
    'What customers are told apart by; all: not at all.';
comment on column marts.fct_kpi_restatement.segment_value is
    'Segment; all where they are not told apart.';
comment on column marts.fct_kpi_restatement.restated_run_id is
    'Run that found the number to differ.';
comment on column marts.fct_kpi_restatement.cause is
    'Why it differs. definition: kpis.yaml defines the KPI anew; settings: a setting that changes '
    'what numbers mean; models: the SQL computes it otherwise, and what landed in between may have '
    'its part in it; records: something landed in between, see fct_kpi_restatement_record; time: '
    'nothing but as_of, as where a late renewal was still to come; retention: records that their '
    'sources had deleted went for good in between, and what else changed is not told from it.';
comment on column marts.fct_kpi_restatement.raw_files is
    'Raw files that landed between the two runs, the first twenty. Null: none.';
comment on column marts.fct_kpi_restatement.is_record_count_partial is
    'True where so many customers have new records that not all of them were looked at: there are '
    'record_count records, or more.';
comment on column marts.fct_kpi_restatement.record_count is
    'Records that landed in between and say something new, of customers whose part of the number '
    'changed, and of no customer where they concern all, such as exchange rates. One that '
    'concerns several such customers counts once for each. Null: not known, as records are not the '
    'cause, or the models keep no contributions.';
comment on column marts.fct_kpi_restatement.reported_numerator is
    'Numerator that was published. Null: there was no such number.';
comment on column marts.fct_kpi_restatement.reported_denominator is
    'Denominator that was published. Null: the KPI has none, or there was no such number.';
comment on column marts.fct_kpi_restatement.reported_value is
    'Value that was published. Null: there was none.';
comment on column marts.fct_kpi_restatement.restated_numerator is
    'Numerator as it is now. Null: there is no such number.';
comment on column marts.fct_kpi_restatement.restated_denominator is
    'Denominator as it is now. Null: the KPI has none, or there is no such number.';
comment on column marts.fct_kpi_restatement.restated_value is
    'Value as it is now. Null: there is none.';
comment on column marts.fct_kpi_restatement.value_change is
    'restated_value - reported_value. Null: one of them is.';
comment on column marts.fct_kpi_restatement.reported_at is 'When the number was published (UTC).';
comment on column marts.fct_kpi_restatement.restated_at is 'When it was found to differ (UTC).';
