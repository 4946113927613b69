create table marts.dim_product (
    product_key varchar not null primary key,
    name varchar not null,
    product_family varchar not null,
    product_type varchar check (product_type in ('subscription', 'service', 'goods')),
    is_listed boolean not null,
    is_active boolean not null,
    is_deleted boolean not null,
    gross_margin_rate decimal(18, 4) check (gross_margin_rate <= 1),
    launched_date date,
    retired_date date,
    deleted_date date,
    check (is_listed or not is_active)
);
comment on table marts.dim_product is
    'One row per product, as it is today: what a source lists, and what anything recorded names '
    'although no source lists it.';
comment on column marts.dim_product.product_key is
    'The product in every fact: source:product_id.';
comment on column marts.dim_product.name is 'Name of the product; its id where it has none.';
comment on column marts.dim_product.product_family is
    'Family the product belongs to: more within a family is upsell, a new one is cross_sell. A '
    'product without a family is one of its own, called by product_key.';
comment on column marts.dim_product.product_type is
    'subscription: used over time; service: work done by people; goods: things sold. Null: listed '
    'nowhere, so not known.';
comment on column marts.dim_product.is_listed is
    'False if no source lists the product and only plans, items, tickets or the like name it.';
comment on column marts.dim_product.is_active is
    'True if it is sold today: a source lists it so, and has neither retired nor deleted it.';
comment on column marts.dim_product.is_deleted is 'True if its source has deleted it.';
comment on column marts.dim_product.gross_margin_rate is
    'Share of the product''s revenue left after the cost of providing it, 0.8 for 80 per cent, as '
    'the source states it; below 0: sold at a loss. Null: not stated.';
comment on column marts.dim_product.launched_date is
    'First day it could be bought. Null: not known.';
comment on column marts.dim_product.retired_date is
    'First day it could no longer be bought. Null: still sold, or not known.';
comment on column marts.dim_product.deleted_date is
    'Day its source deleted it. Null: not deleted.';
