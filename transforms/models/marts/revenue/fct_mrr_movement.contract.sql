create table marts.fct_mrr_movement (
    customer_key varchar not null references marts.dim_customer (customer_key),
    month_start date not null check (month_start = first_of_month(month_start)),
    native_currency varchar not null,
    movement_type varchar not null check (
        movement_type in (
            'new', 'late_renewal', 'reactivation', 'expansion', 'contraction', 'churn', 'paused',
            'resumed', 'gap', 'merge', 'fx'
        )
    ),
    movement_part varchar not null check (
        movement_part in (
            'new', 'late_renewal', 'reactivation', 'upsell', 'cross_sell', 'price',
            'discount_expiry', 'downgrade', 'product_drop', 'discount', 'voluntary', 'involuntary',
            'paused', 'pause_ended', 'resumed', 'gap_opened', 'gap_closed', 'merged_in',
            'merged_out', 'fx'
        )
    ),
    currency varchar not null,
    churn_reason varchar,
    segment varchar not null,
    region varchar not null,
    industry varchar not null,
    size_band varchar not null,
    owner_employee_key varchar not null references marts.dim_employee (employee_key),
    acquisition_month_start date,
    is_complete boolean not null,
    opening_mrr_amount decimal(18, 4) not null,
    movement_amount decimal(18, 4) not null,
    closing_mrr_amount decimal(18, 4) not null,
    movement_amount_native decimal(18, 4) not null,
    primary key (customer_key, month_start, native_currency, movement_type, movement_part),
    foreign key (native_currency, month_start)
        references marts.dim_currency_rate (native_currency, month_start)
);
comment on table marts.fct_mrr_movement is
    'One row per customer, month, billing currency, type and part of movement of MRR. Of each '
    'customer, month and currency, opening plus movements is closing, to the last digit. '
    'movement_amount adds up over everything; opening and closing do not, they are repeated in '
    'each row of a customer, month and currency.';
comment on column marts.fct_mrr_movement.customer_key is
    'Customer whose MRR moved, acquisitions as they stood then.';
comment on column marts.fct_mrr_movement.month_start is
    'First day of the month, in the reporting time zone.';
comment on column marts.fct_mrr_movement.native_currency is
    'Currency the customer is billed in, that of movement_amount_native.';
comment on column marts.fct_mrr_movement.movement_type is
    'new: never paid before; late_renewal: back within the late renewal window after it lapsed; '
    'reactivation: back later (what a return is depends on reactivation_policy); expansion and contraction: the customer pays more or less; churn: '
    'it pays no more; paused, resumed; gap: the load that may have said what it pays is missing, '
    'or is no longer; merge: with an acquisition, nothing in sum; fx: exchange rates.';
comment on column marts.fct_mrr_movement.movement_part is
    'Of expansion and contraction what it came from: upsell or downgrade (quantity or tier within '
    'a product family), cross_sell or product_drop (a whole family), price, discount_expiry or '
    'discount; what partly makes up for it stands beside it with the other sign. Of churn: '
    'voluntary or involuntary. Of paused: paused, or pause_ended where a pause ends without being '
    'resumed and its amount becomes churn or contraction. Of gap: gap_opened, or gap_closed where '
    'loads are there again, beside which stands what changed since. Of merge: merged_in or '
    'merged_out. Else the type again.';
comment on column marts.fct_mrr_movement.currency is
    'Reporting currency, that of the other amounts.';
comment on column marts.fct_mrr_movement.churn_reason is
    'Reason given for the item that ended last. Null: no churn, or none given.';
comment on column marts.fct_mrr_movement.segment is
    'Segment as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_mrr_movement.region is
    'Sales region as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_mrr_movement.industry is
    'Industry as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_mrr_movement.size_band is
    'Size band as of the first instant of the month; unknown where there is none.';
comment on column marts.fct_mrr_movement.owner_employee_key is
    'Employee responsible as of the first instant of the month, as source:employee_id; unknown '
    'where there is none.';
comment on column marts.fct_mrr_movement.acquisition_month_start is
    'Month in which the customer first paid, or first bought where that is known to be earlier. '
    'Null: never paid.';
comment on column marts.fct_mrr_movement.is_complete is
    'False for the month in progress, which is measured at the last instant before as_of.';
comment on column marts.fct_mrr_movement.opening_mrr_amount is
    'MRR of the customer in this currency when the month began. Repeated in each row: do not add.';
comment on column marts.fct_mrr_movement.movement_amount is
    'Change of MRR at the exchange rate of the month''s start; for fx what the rates changed.';
comment on column marts.fct_mrr_movement.closing_mrr_amount is
    'MRR of the customer in this currency when the month ended. Repeated in each row: do not add.';
comment on column marts.fct_mrr_movement.movement_amount_native is
    'Change of MRR in native_currency; 0 for fx.';
