create table conformed.discount (
    source varchar not null default 'file',
    discount_id varchar not null,
    customer_id varchar,
    subscription_id varchar,
    subscription_item_id varchar,
    coupon varchar,
    name varchar,
    currency varchar check (regexp_full_match(currency, '[A-Z]{3}')),
    is_recurring boolean not null default true,
    apply_order bigint not null default 1,
    percent_off decimal(18, 4) check (percent_off between 0 and 100),
    amount_off decimal(18, 4) check (amount_off >= 0),
    starts_at timestamp,
    ends_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (coalesce(subscription_item_id, subscription_id, customer_id) is not null),
    check ((percent_off is null) <> (amount_off is null)),
    check (amount_off is null or currency is not null),
    primary key (source, discount_id)
);
comment on table conformed.discount is
    'One row per discount granted to a subscription item, to a whole subscription or to a '
    'customer. All recurring discounts in force at an instant lower the recurring revenue of that '
    'instant.';
comment on column conformed.discount.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.discount.discount_id is
    'The discount''s id in its source. A coupon used by two subscriptions makes two discounts.';
comment on column conformed.discount.customer_id is
    'Customer the discount is for. With neither an item nor a subscription it applies to all the '
    'customer''s items. Null: known through the subscription or item.';
comment on column conformed.discount.subscription_id is
    'Subscription whose items the discount applies to, in proportion to their amounts if it is an '
    'amount. Null: see subscription_item_id and customer_id.';
comment on column conformed.discount.subscription_item_id is
    'The one item the discount applies to. Null: the whole subscription, or all the customer''s '
    'items.';
comment on column conformed.discount.coupon is
    'Code or id of the coupon behind it, shared by all who used it. Null: granted individually.';
comment on column conformed.discount.name is 'Name as shown to people. Null: none.';
comment on column conformed.discount.currency is
    'Currency of amount_off, ISO 4217 in capitals; it applies to items in this currency only. Null '
    'only where percent_off is given.';
comment on column conformed.discount.is_recurring is
    'True: lowers each billing interval while in force, and with it MRR. False: taken off one '
    'invoice only, which leaves MRR as it is.';
comment on column conformed.discount.apply_order is
    'Order among the discounts of one item, lowest first, for the setting in which each discount '
    'applies to what the one before it left. Ties go by discount_id.';
comment on column conformed.discount.percent_off is
    'Percentage taken off, 0 to 100: 10 is ten per cent. Null: amount_off is given instead.';
comment on column conformed.discount.amount_off is
    'Amount taken off each billing interval of the item or subscription, in major units of '
    'currency, without tax; never more than the price. Null: percent_off is given instead.';
comment on column conformed.discount.starts_at is
    'First instant in force (UTC). Null: since the item started.';
comment on column conformed.discount.ends_at is
    'First instant no longer in force (exclusive, UTC). What its end adds to MRR is expansion by '
    'discount_expiry. Null: for ever.';
comment on column conformed.discount.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.discount.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
