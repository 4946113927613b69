create table conformed.invoice_line (
    source varchar not null default 'file',
    invoice_line_id varchar not null,
    invoice_id varchar not null,
    customer_id varchar not null,
    subscription_id varchar,
    subscription_item_id varchar,
    product_id varchar,
    plan_id varchar,
    line_type varchar not null check (
        line_type in (
            'recurring', 'usage', 'one_off', 'proration', 'discount', 'credit', 'tax'
        )
    ),
    invoice_status varchar not null default 'open'
        check (invoice_status in ('draft', 'open', 'paid', 'uncollectible', 'void')),
    description varchar,
    currency varchar not null check (regexp_full_match(currency, '[A-Z]{3}')),
    quantity decimal(18, 4) not null default 1,
    amount decimal(18, 4) not null,
    discount_amount decimal(18, 4) not null default 0,
    tax_amount decimal(18, 4) not null default 0,
    service_start_date date,
    service_end_date date,
    invoice_date date not null,
    due_date date,
    updated_at timestamp,
    deleted_at timestamp,
    check (service_end_date >= service_start_date),
    check ((service_start_date is null) = (service_end_date is null)),
    primary key (source, invoice_line_id)
);
comment on table conformed.invoice_line is
    'One row per line of an invoice. Lines with a service period are the second way to feed '
    'recurring revenue; all lines give billed revenue. The lines of an invoice add up to its '
    'total.';
comment on column conformed.invoice_line.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.invoice_line.invoice_line_id is
    'The line''s id in its source, unique over all invoices. Where lines are only numbered, '
    'invoice and number joined.';
comment on column conformed.invoice_line.invoice_id is 'Invoice the line is on.';
comment on column conformed.invoice_line.customer_id is 'Customer who is billed.';
comment on column conformed.invoice_line.subscription_id is
    'Subscription billed by the line: revenue that its items already report is not counted again. '
    'Null: none.';
comment on column conformed.invoice_line.subscription_item_id is
    'Item billed by the line. Null: none, or not known.';
comment on column conformed.invoice_line.product_id is 'Product billed. Null: not known.';
comment on column conformed.invoice_line.plan_id is 'Plan billed. Null: not known.';
comment on column conformed.invoice_line.line_type is
    'recurring: a fixed price for the service period, the only type that makes MRR; usage: '
    'consumption; one_off: bought once; proration: a part of a period billed or given back after a '
    'change; discount: a reduction on a line of its own, of recurring revenue if it has a service '
    'period; credit: given back; tax: tax on a line of its own.';
comment on column conformed.invoice_line.invoice_status is
    'draft: not issued; open: issued; paid; uncollectible: given up; void: withdrawn. Lines of '
    'draft and void invoices count nowhere.';
comment on column conformed.invoice_line.description is 'Text of the line. Null: none.';
comment on column conformed.invoice_line.currency is
    'Currency of the amounts, ISO 4217 in capitals.';
comment on column conformed.invoice_line.quantity is
    'Units billed. Negative where units are given back.';
comment on column conformed.invoice_line.amount is
    'Amount of the whole line in major units of currency, without tax, after discount_amount. '
    'Negative where money is given back. For tax lines 0, the tax is in tax_amount.';
comment on column conformed.invoice_line.discount_amount is
    'Discount already taken off in amount, as a positive number.';
comment on column conformed.invoice_line.tax_amount is 'Tax on the line, on top of amount.';
comment on column conformed.invoice_line.service_start_date is
    'First day of the period the line pays for. Null: no period, so never MRR.';
comment on column conformed.invoice_line.service_end_date is
    'First day after the period (exclusive): 2025-01-01 to 2026-01-01 is a year. On '
    'service_start_date: no period. Null: no period.';
comment on column conformed.invoice_line.invoice_date is 'Day of the invoice.';
comment on column conformed.invoice_line.due_date is
    'Day the invoice is to be paid by. Null: not known.';
comment on column conformed.invoice_line.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.invoice_line.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
