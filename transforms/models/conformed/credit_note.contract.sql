create table conformed.credit_note (
    source varchar not null default 'file',
    credit_note_id varchar not null,
    line_number bigint not null default 1,
    invoice_id varchar,
    invoice_line_id varchar,
    customer_id varchar not null,
    product_id varchar,
    payment_id varchar,
    credit_note_status varchar not null default 'issued'
        check (credit_note_status in ('draft', 'issued', 'void')),
    settlement varchar not null default 'invoice'
        check (settlement in ('invoice', 'balance', 'refund', 'outside')),
    reason varchar,
    currency varchar not null check (regexp_full_match(currency, '[A-Z]{3}')),
    amount decimal(18, 4) not null check (amount >= 0),
    tax_amount decimal(18, 4) not null default 0 check (tax_amount >= 0),
    credit_note_date date not null,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, credit_note_id, line_number)
);
comment on table conformed.credit_note is
    'One row per line of a credit note: an amount that an issued invoice is lowered by. Credit '
    'notes lower collected revenue and lifetime value, never MRR.';
comment on column conformed.credit_note.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.credit_note.credit_note_id is 'The credit note''s id in its source.';
comment on column conformed.credit_note.line_number is
    'Number of the line within the credit note; 1 where it is not broken down.';
comment on column conformed.credit_note.invoice_id is
    'Invoice that is lowered. Null: none, or not known.';
comment on column conformed.credit_note.invoice_line_id is
    'Line of the invoice that is lowered. Null: the invoice as a whole, or not known.';
comment on column conformed.credit_note.customer_id is 'Customer credited.';
comment on column conformed.credit_note.product_id is 'Product credited. Null: not known.';
comment on column conformed.credit_note.payment_id is
    'Refund, as in payment, by which the amount was paid back. Null: none.';
comment on column conformed.credit_note.credit_note_status is
    'draft: not issued; issued: the only status that counts; void: withdrawn.';
comment on column conformed.credit_note.settlement is
    'What became of the amount. invoice: less is owed on the invoice; balance: kept for later '
    'invoices; refund: paid back by a refund that is a row of payment, where it is counted once; '
    'outside: paid back by other means.';
comment on column conformed.credit_note.reason is
    'Reason, such as duplicate, service_failure, goodwill, pricing_error. Null: not said.';
comment on column conformed.credit_note.currency is
    'Currency of the amounts, ISO 4217 in capitals.';
comment on column conformed.credit_note.amount is
    'Amount credited in major units of currency, without tax, as a positive number.';
comment on column conformed.credit_note.tax_amount is
    'Tax credited on top of amount, as a positive number.';
comment on column conformed.credit_note.credit_note_date is 'Day of the credit note.';
comment on column conformed.credit_note.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.credit_note.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
