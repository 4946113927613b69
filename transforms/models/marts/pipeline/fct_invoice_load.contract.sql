create table marts.fct_invoice_load (
    source varchar not null,
    month_start date not null check (month_start = first_of_month(month_start)),
    load_status varchar not null check (load_status in ('loaded', 'empty', 'missing')),
    reason varchar,
    is_complete boolean not null,
    line_count bigint not null check (line_count >= 0),
    primary key (source, month_start)
);
comment on table marts.fct_invoice_load is
    'One row per source of invoice lines and month, from the first to the last in which a recurring '
    'line begins or a load is known to be missing: whether lines of the month were delivered.';
comment on column marts.fct_invoice_load.source is 'System the lines come from.';
comment on column marts.fct_invoice_load.month_start is
    'First day of the month, in the reporting time zone.';
comment on column marts.fct_invoice_load.load_status is
    'loaded: recurring lines begin in the month; empty: none does, though some do before and '
    'after, so look whether its load is missing, and drop missing_load if it is; missing: '
    'missing_load says so, and revenue that was not seen is a gap.';
comment on column marts.fct_invoice_load.reason is
    'Why it is missing, as missing_load says. Null: not missing, or not said.';
comment on column marts.fct_invoice_load.is_complete is
    'False for the month in progress, whose lines may still come.';
comment on column marts.fct_invoice_load.line_count is
    'Recurring lines whose service begins in the month, of invoices neither void nor draft.';
