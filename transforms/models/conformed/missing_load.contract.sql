create table conformed.missing_load (
    source varchar not null default 'file',
    month_start date not null check (month_start = first_of_month(month_start)),
    reason varchar,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, month_start)
);
comment on table conformed.missing_load is
    'One row per source and month whose invoice lines were never delivered. A line that ends in '
    'such a month, and that no other line follows, is a gap in revenue and no churn. '
    'fct_invoice_load shows the months that look as if they were missing.';
comment on column conformed.missing_load.source is
    'System whose lines are missing, in lower case, as in invoice_line; file when nothing else is '
    'said.';
comment on column conformed.missing_load.month_start is
    'First day of the month that is missing, in the reporting time zone: of the fiscal calendar, as '
    'in fct_invoice_load.';
comment on column conformed.missing_load.reason is
    'Why it is missing, for those who read of the gap. Null: not said.';
comment on column conformed.missing_load.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.missing_load.deleted_at is
    'When the record was withdrawn, as the load came after all (UTC): the month is then what its '
    'lines say, also where it was published as a gap. Null: still missing.';
