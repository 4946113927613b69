create table marts.fct_kpi (
    kpi varchar not null references marts.dim_kpi (kpi),
    period_type varchar not null
        check (period_type in ('month', 'quarter', 'fiscal_year', 'trailing_12_months')),
    period_start date not null check (period_start = first_of_month(period_start)),
    period_end date not null check (period_end > period_start),
    segment_dimension varchar not null,
    segment_value varchar not null,
    unit varchar not null,
    currency varchar,
    status varchar not null
        check (status in ('on_target', 'off_target', 'no_target', 'no_value', 'missing_load')),
    is_complete boolean not null,
    numerator decimal(18, 4),
    denominator decimal(18, 4),
    value double,
    n bigint not null check (n >= 0),
    target_value double,
    definition_version bigint not null,
    check ((unit = 'money') = (currency is not null)),
    check ((numerator is null) = (status = 'missing_load')),
    check (
        case
            when numerator is null then value is null
            when denominator is null then value is not null
            else (denominator = 0) = (value is null)
        end
    ),
    primary key (kpi, period_type, period_start, segment_dimension, segment_value)
);
comment on table marts.fct_kpi is
    'One row per KPI, period and segment: every number of the company in one form. Values do not '
    'add up; numerators and denominators of the values of one customer dimension do, and value is '
    'made anew of the sums. dim_kpi says what each KPI means.';
comment on column marts.fct_kpi.kpi is 'Name of the KPI, see dim_kpi.';
comment on column marts.fct_kpi.period_type is
    'month, quarter (of the fiscal year), fiscal_year, or trailing_12_months: the twelve months '
    'that end with each month. What is measured at an instant (MRR, customers) is that at the end '
    'of the period, and not listed for twelve months. Lifetime values are listed for the last '
    'month alone.';
comment on column marts.fct_kpi.period_start is
    'First day of the period, in the reporting time zone.';
comment on column marts.fct_kpi.period_end is 'First day after the period.';
comment on column marts.fct_kpi.segment_dimension is
    'What customers or answers are told apart by; all: not at all.';
comment on column marts.fct_kpi.segment_value is
    'The segment as it was then; unknown where there is none; all for all.';
comment on column marts.fct_kpi.unit is
    'ratio (0.9 is 90 %), points, money, count, days or score, see dim_kpi.';
comment on column marts.fct_kpi.currency is 'Reporting currency of an amount of money. Null: none.';
comment on column marts.fct_kpi.status is
    'on_target: as good as target_value or better, in the direction that is good; off_target; '
    'no_target: none is set for this period type; no_value: there is a target and no value; '
    'missing_load: not known of all, as a load is missing.';
comment on column marts.fct_kpi.is_complete is
    'True once the whole period is covered; until then the row says how it stands so far.';
comment on column marts.fct_kpi.numerator is
    'What value is made of, exactly: value is numerator / denominator, or the numerator itself '
    'where there is no denominator. Of NPS 100 x (promoters - detractors). Null: missing_load.';
comment on column marts.fct_kpi.denominator is
    'What the numerator is divided by. Null: the KPI is an amount or a count, not a quotient.';
comment on column marts.fct_kpi.value is
    'The KPI. Null: the denominator is 0, see null_rule in dim_kpi, or a load is missing.';
comment on column marts.fct_kpi.n is
    'Customers, contract terms, pieces of work, answers or invitations that the value is about; of '
    'movements the customers that moved, of the subscription margin those that paid, once a month.';
comment on column marts.fct_kpi.target_value is
    'Value to reach. Null: none is set for this period type.';
comment on column marts.fct_kpi.definition_version is
    'Version of the definition, see dim_kpi.';
