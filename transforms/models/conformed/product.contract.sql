create table conformed.product (
    source varchar not null default 'file',
    product_id varchar not null,
    name varchar,
    product_family varchar,
    product_type varchar not null default 'subscription'
        check (product_type in ('subscription', 'service', 'goods')),
    is_active boolean not null default true,
    gross_margin_rate decimal(18, 4) check (gross_margin_rate <= 1),
    launched_date date,
    retired_date date,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, product_id)
);
comment on table conformed.product is 'One row per product: what is sold, apart from its prices.';
comment on column conformed.product.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.product.product_id is 'The product''s id in its source.';
comment on column conformed.product.name is 'Name of the product. Null: its id is shown.';
comment on column conformed.product.product_family is
    'Family the product belongs to. Expansion within a family is upsell, into a new one '
    'cross-sell. Null: the product is a family of its own.';
comment on column conformed.product.product_type is
    'subscription: used over time; service: work done by people, such as consulting or training; '
    'goods: things sold.';
comment on column conformed.product.is_active is
    'False when no longer sold. Existing subscriptions go on.';
comment on column conformed.product.gross_margin_rate is
    'Share of the product''s revenue left after the cost of providing it, 0.8 for 80 per cent, for '
    'lifetime value and return on investment. Below 0: sold at a loss. Null: the margin of the '
    'company''s settings.';
comment on column conformed.product.launched_date is
    'First day the product could be bought. Null: not known.';
comment on column conformed.product.retired_date is
    'First day it could no longer be bought. Null: still sold, or not known.';
comment on column conformed.product.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.product.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
