create table marts.fct_expansion (
    month_start date not null check (month_start = first_of_month(month_start)),
    segment_dimension varchar not null check (
        segment_dimension in (
            'all', 'segment', 'region', 'industry', 'size_band', 'owner', 'acquisition_cohort'
        )
    ),
    segment_value varchar not null,
    movement_part varchar not null check (
        movement_part in (
            'all', 'upsell', 'cross_sell', 'price', 'discount_expiry', 'downgrade',
            'product_drop', 'discount'
        )
    ),
    currency varchar not null,
    is_complete boolean not null,
    customer_count bigint not null check (customer_count >= 0),
    opening_customer_count bigint not null check (opening_customer_count >= 0),
    opening_gap_customer_count bigint not null check (opening_gap_customer_count >= 0),
    expansion_amount decimal(18, 4) not null,
    opening_mrr_amount decimal(18, 4) not null,
    expansion_rate double,
    check (customer_count > 0 or expansion_amount = 0),
    primary key (month_start, segment_dimension, segment_value, movement_part)
);
comment on table marts.fct_expansion is
    'One row per month, segment dimension, segment and part of expansion: what customers who pay '
    'already pay more, where it came from, and against what the segment paid when the month began. '
    'expansion_amount adds up over months, the segments of one dimension, and the parts but all; '
    'opening_mrr_amount over segments only.';
comment on column marts.fct_expansion.month_start is
    'First day of the month, in the reporting time zone.';
comment on column marts.fct_expansion.segment_dimension is
    'What customers are told apart by; all: not at all, one row a month and part.';
comment on column marts.fct_expansion.segment_value is
    'The segment, as of the first instant of the month; unknown where there is none; all where the '
    'dimension is all. owner: source:employee_id; acquisition_cohort: month of the first payment, '
    'such as 2025-03.';
comment on column marts.fct_expansion.movement_part is
    'Where the expansion came from. upsell: quantity or tier within a product family; cross_sell: '
    'a new family; price; discount_expiry. downgrade, product_drop and discount, below 0, are what '
    'partly made up for it with the same customers; price is below 0, too, where it is that. all: '
    'all parts together.';
comment on column marts.fct_expansion.currency is 'Reporting currency, in which the amounts are.';
comment on column marts.fct_expansion.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_expansion.customer_count is
    'Customers with this part of expansion. One may have several parts.';
comment on column marts.fct_expansion.opening_customer_count is
    'Customers of the segment with MRR above 0 when the month began.';
comment on column marts.fct_expansion.opening_gap_customer_count is
    'Customers of whom a load is missing that may have said what they paid when the month began. '
    'Above 0 the rate is null.';
comment on column marts.fct_expansion.expansion_amount is
    'Expansion of MRR by this part, at the exchange rate of the month''s start. 0: none.';
comment on column marts.fct_expansion.opening_mrr_amount is
    'MRR of the segment when the month began. Repeated for each part: do not add.';
comment on column marts.fct_expansion.expansion_rate is
    'expansion_amount / opening_mrr_amount. Null: no opening MRR, or a gap.';
