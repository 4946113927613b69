create table conformed.customer_link (
    source varchar not null default 'file',
    customer_id varchar not null,
    linked_source varchar not null,
    linked_customer_id varchar not null,
    link_method varchar not null default 'stated',
    confidence decimal(18, 4) not null default 1 check (confidence between 0 and 1),
    linked_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (source <> linked_source or customer_id <> linked_customer_id),
    primary key (source, customer_id, linked_source, linked_customer_id)
);
comment on table conformed.customer_link is
    'One row per statement that a customer of one source is the same as a customer of another. '
    'Links come before any match by e-mail or domain.';
comment on column conformed.customer_link.source is
    'System that customer_id belongs to, in lower case, such as salesforce; file when nothing else '
    'is said.';
comment on column conformed.customer_link.customer_id is 'The customer''s id in source.';
comment on column conformed.customer_link.linked_source is
    'System that linked_customer_id belongs to, in lower case, such as stripe.';
comment on column conformed.customer_link.linked_customer_id is
    'The same customer''s id in linked_source. One customer may have several there.';
comment on column conformed.customer_link.link_method is
    'How it is known, such as stated (somebody said so), crm_field (an id kept in the other '
    'system), tax_number. Shown beside every match.';
comment on column conformed.customer_link.confidence is 'How sure it is, 0 to 1; 1 is certain.';
comment on column conformed.customer_link.linked_at is
    'When the link was made (UTC). Null: not known. A link holds for all time, whenever it was '
    'made.';
comment on column conformed.customer_link.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.customer_link.deleted_at is
    'When the link was withdrawn (UTC); from the next run on the two are separate again, for all '
    'time. Null: holds.';
