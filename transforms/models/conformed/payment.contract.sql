create table conformed.payment (
    source varchar not null default 'file',
    payment_id varchar not null,
    refunded_payment_id varchar,
    invoice_id varchar,
    customer_id varchar not null,
    payment_type varchar not null default 'payment'
        check (payment_type in ('payment', 'refund', 'chargeback')),
    status varchar not null default 'succeeded'
        check (status in ('pending', 'succeeded', 'failed', 'canceled')),
    payment_method varchar,
    failure_reason varchar,
    currency varchar not null check (regexp_full_match(currency, '[A-Z]{3}')),
    amount decimal(18, 4) not null check (amount >= 0),
    tax_amount decimal(18, 4) not null default 0 check (tax_amount >= 0),
    fee_amount decimal(18, 4) not null default 0,
    paid_at timestamp not null,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, payment_id)
);
comment on table conformed.payment is
    'One row per movement of money, tried or done: payments, refunds and chargebacks. Collected '
    'revenue is what succeeded, less what went back.';
comment on column conformed.payment.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.payment.payment_id is
    'The movement''s id in its source. A refund is a row of its own.';
comment on column conformed.payment.refunded_payment_id is
    'Payment that a refund or chargeback gives back. Null: not one, or not known.';
comment on column conformed.payment.invoice_id is 'Invoice paid. Null: none, or several.';
comment on column conformed.payment.customer_id is 'Customer who paid or got money back.';
comment on column conformed.payment.payment_type is
    'payment: money in; refund: given back by us; chargeback: taken back by the customer''s bank.';
comment on column conformed.payment.status is
    'pending: under way; succeeded: money moved, the only status that counts; failed: refused; '
    'canceled: withdrawn.';
comment on column conformed.payment.payment_method is
    'How it was paid, such as card, bank_transfer, direct_debit, cash. Null: not known.';
comment on column conformed.payment.failure_reason is
    'Why it failed, such as insufficient_funds, expired_card. Null: did not fail, or not known.';
comment on column conformed.payment.currency is 'Currency of the amounts, ISO 4217 in capitals.';
comment on column conformed.payment.amount is
    'Amount moved in major units of currency, tax included; positive for refunds and chargebacks '
    'too, payment_type gives the direction.';
comment on column conformed.payment.tax_amount is 'Tax within amount, which is not revenue.';
comment on column conformed.payment.fee_amount is
    'What the payment provider kept, a cost; not taken off amount.';
comment on column conformed.payment.paid_at is
    'When the money moved, or the attempt was made (UTC).';
comment on column conformed.payment.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.payment.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
