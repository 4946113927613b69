create table marts.fct_services_margin (
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
    is_customer_success_in_cost boolean not null,
    delivery_count bigint not null check (delivery_count >= 0),
    uncosted_delivery_count bigint not null
        check (uncosted_delivery_count between 0 and delivery_count),
    customer_month_count bigint not null check (customer_month_count >= 0),
    services_revenue_amount decimal(18, 4) not null,
    labor_cost_amount decimal(18, 4) not null,
    subcontractor_cost_amount decimal(18, 4) not null,
    travel_cost_amount decimal(18, 4) not null,
    other_cost_amount decimal(18, 4) not null,
    customer_success_cost_amount decimal(18, 4) not null,
    delivery_cost_amount decimal(18, 4) not null,
    services_margin_amount decimal(18, 4) not null,
    subscription_revenue_amount decimal(18, 4) not null,
    subscription_cost_amount decimal(18, 4) not null,
    subscription_margin_amount decimal(18, 4) not null,
    services_gross_margin_rate double,
    subscription_gross_margin_rate double,
    check (period_end > period_start),
    check (
        delivery_cost_amount
        = labor_cost_amount + subcontractor_cost_amount + travel_cost_amount + other_cost_amount
        + case when is_customer_success_in_cost then customer_success_cost_amount else 0 end
    ),
    check (services_margin_amount = services_revenue_amount - delivery_cost_amount),
    check (subscription_margin_amount = subscription_revenue_amount - subscription_cost_amount),
    primary key (period_type, period_start, period_end, segment_dimension, segment_value)
);
comment on table marts.fct_services_margin is
    'One row per period, segment dimension and segment in which there was work or recurring '
    'revenue: what services earned and cost, and apart from them what subscriptions did. Counts '
    'and amounts add up over months and over the segments of one dimension; rates do not, they '
    'are made anew of the sums.';
comment on column marts.fct_services_margin.period_type is
    'month; quarter: of the fiscal year; fiscal_year; trailing_12_months: the twelve months that '
    'end with each month, where there are as many.';
comment on column marts.fct_services_margin.period_start is
    'First day of the period, in the reporting time zone.';
comment on column marts.fct_services_margin.period_end is
    'First day after the period (exclusive).';
comment on column marts.fct_services_margin.segment_dimension is
    'What customers are told apart by; all: not at all, one row a period.';
comment on column marts.fct_services_margin.segment_value is
    'The segment at the first instant of each month; unknown where the customer had none; '
    'unassigned: work for no single customer, such as hosting; all where the dimension is all.';
comment on column marts.fct_services_margin.currency is
    'Reporting currency, in which the amounts are.';
comment on column marts.fct_services_margin.is_complete is
    'False for a period in progress: work counts to the day before as_of, recurring revenue for '
    'the whole of the month in progress.';
comment on column marts.fct_services_margin.is_customer_success_in_cost is
    'The setting CustomerSuccessInCost: whether delivery_cost_amount contains '
    'customer_success_cost_amount.';
comment on column marts.fct_services_margin.delivery_count is
    'Pieces of work of services, in the month that they began.';
comment on column marts.fct_services_margin.uncosted_delivery_count is
    'Those of them whose labour has no cost, since hours or their price are missing: the margin '
    'looks better than it is.';
comment on column marts.fct_services_margin.customer_month_count is
    'Customers with MRR above 0 at the month''s end, once a month.';
comment on column marts.fct_services_margin.services_revenue_amount is
    'Revenue of professional services, training, onboarding and managed services, as recorded '
    'with the work and not with invoices.';
comment on column marts.fct_services_margin.labor_cost_amount is
    'Cost of our own people for services: as recorded, else hours x the employee''s hourly cost.';
comment on column marts.fct_services_margin.subcontractor_cost_amount is
    'Cost of subcontractors for services.';
comment on column marts.fct_services_margin.travel_cost_amount is 'Cost of travel for services.';
comment on column marts.fct_services_margin.other_cost_amount is
    'Other direct cost of services, such as licenses and material.';
comment on column marts.fct_services_margin.customer_success_cost_amount is
    'All cost of customer success, in or out of delivery_cost_amount.';
comment on column marts.fct_services_margin.delivery_cost_amount is
    'Labour, subcontractors, travel and other cost of services; with the setting customer '
    'success too.';
comment on column marts.fct_services_margin.services_margin_amount is
    'services_revenue_amount - delivery_cost_amount.';
comment on column marts.fct_services_margin.subscription_revenue_amount is
    'MRR at the end of each month of the period.';
comment on column marts.fct_services_margin.subscription_cost_amount is
    'All cost of providing subscriptions and of support.';
comment on column marts.fct_services_margin.subscription_margin_amount is
    'subscription_revenue_amount - subscription_cost_amount.';
comment on column marts.fct_services_margin.services_gross_margin_rate is
    'services_margin_amount / services_revenue_amount. Null: no services revenue.';
comment on column marts.fct_services_margin.subscription_gross_margin_rate is
    'subscription_margin_amount / subscription_revenue_amount; 1 says that no cost was recorded. '
    'Null: no subscription revenue.';
