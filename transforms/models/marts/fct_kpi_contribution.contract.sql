create table marts.fct_kpi_contribution (
    kpi varchar not null references marts.dim_kpi (kpi),
    period_type varchar not null
        check (period_type in ('month', 'quarter', 'fiscal_year', 'trailing_12_months')),
    period_start date not null check (period_start = first_of_month(period_start)),
    period_end date not null check (period_end > period_start),
    customer_key varchar references marts.dim_customer (customer_key),
    counted_by varchar not null
        check (counted_by in ('customer', 'survey_id', 'journey_step', 'channel')),
    segment varchar not null,
    region varchar not null,
    industry varchar not null,
    size_band varchar not null,
    owner_employee_key varchar,
    acquisition_cohort varchar,
    plan_name varchar,
    survey_id varchar,
    journey_step varchar,
    channel varchar,
    numerator decimal(18, 4) not null,
    denominator decimal(18, 4),
    n bigint not null check (n >= 0),
    check (numerator <> 0 or denominator <> 0 or n <> 0),
    check ((survey_id is not null) = (counted_by = 'survey_id')),
    check ((journey_step is not null) = (counted_by = 'journey_step')),
    check ((channel is not null) = (counted_by = 'channel')),
    unique (
        kpi, period_type, period_start, counted_by, customer_key, segment, region, industry,
        size_band, owner_employee_key, acquisition_cohort, plan_name, survey_id, journey_step,
        channel
    )
);
comment on table marts.fct_kpi_contribution is
    'One row per KPI, period, customer and set of segments it counts in: what makes up the numbers '
    'of fct_kpi, of the periods that end within the last ContributionMonths months. The rows '
    'counted by customer add up to numerator, denominator and n of fct_kpi, those of a segment to '
    'the segment''s; different KPIs, periods and values of counted_by do not. `cco explain` shows '
    'any period, down to raw records.';
comment on column marts.fct_kpi_contribution.kpi is 'Name of the KPI, see dim_kpi.';
comment on column marts.fct_kpi_contribution.period_type is
    'month, quarter (of the fiscal year), fiscal_year, or trailing_12_months, as in fct_kpi.';
comment on column marts.fct_kpi_contribution.period_start is
    'First day of the period, in the reporting time zone.';
comment on column marts.fct_kpi_contribution.period_end is 'First day after the period.';
comment on column marts.fct_kpi_contribution.customer_key is
    'Customer who contributes. Null: the work is for no single customer, or whoever was asked or '
    'answered is not known as one''s.';
comment on column marts.fct_kpi_contribution.counted_by is
    'customer: the row counts in all, and in the customer''s segments. Of surveys, where of a '
    'person''s answers another may count for each survey, step and channel: survey_id, '
    'journey_step or channel, and the row counts in segments of that dimension alone.';
comment on column marts.fct_kpi_contribution.segment is
    'Segment the contribution counts in, as of then; unknown where there is none; unassigned for '
    'work for no single customer. A customer that changed segments within the period has a row '
    'for each that it counts in.';
comment on column marts.fct_kpi_contribution.region is 'Region, as segment.';
comment on column marts.fct_kpi_contribution.industry is 'Industry, as segment.';
comment on column marts.fct_kpi_contribution.size_band is 'Size band, as segment.';
comment on column marts.fct_kpi_contribution.owner_employee_key is
    'Employee responsible for the customer, as segment; in fct_kpi the dimension owner. Null: the '
    'KPI does not have it.';
comment on column marts.fct_kpi_contribution.acquisition_cohort is
    'Month of acquisition such as 2026-03, as segment. Null: the KPI does not have it.';
comment on column marts.fct_kpi_contribution.plan_name is
    'Plan the customer paid most for when the period began; in fct_kpi the dimension plan. Null: '
    'the KPI does not have it.';
comment on column marts.fct_kpi_contribution.survey_id is
    'Survey, where counted_by is survey_id. Null: it is not.';
comment on column marts.fct_kpi_contribution.journey_step is
    'Journey step, where counted_by is journey_step. Null: it is not.';
comment on column marts.fct_kpi_contribution.channel is
    'Channel, where counted_by is channel. Null: it is not.';
comment on column marts.fct_kpi_contribution.numerator is
    'Part of the KPI''s numerator that comes from this customer.';
comment on column marts.fct_kpi_contribution.denominator is
    'Part of the KPI''s denominator. Null: the KPI has none.';
comment on column marts.fct_kpi_contribution.n is
    'Part of the KPI''s n: customers, terms, pieces of work, answers or invitations.';
