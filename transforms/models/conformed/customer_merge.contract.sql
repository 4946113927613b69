create table conformed.customer_merge (
    source varchar not null default 'file',
    from_customer_id varchar not null,
    into_customer_id varchar not null,
    merge_kind varchar not null default 'duplicate'
        check (merge_kind in ('duplicate', 'acquisition')),
    merged_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (from_customer_id <> into_customer_id),
    check (merge_kind = 'duplicate' or merged_at is not null),
    primary key (source, from_customer_id)
);
comment on table conformed.customer_merge is
    'One row per customer that was merged into another of the same source. Everything '
    'from_customer_id had counts as into_customer_id''s; a merge is neither churn nor new.';
comment on column conformed.customer_merge.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.customer_merge.from_customer_id is
    'Customer that goes away. It can go into one other only; that one may be merged further.';
comment on column conformed.customer_merge.into_customer_id is 'Customer that remains.';
comment on column conformed.customer_merge.merge_kind is
    'duplicate: they always were the same, so all history is folded; acquisition: two companies '
    'became one on merged_at, which shows as a movement of its own kind, merge.';
comment on column conformed.customer_merge.merged_at is
    'When they became one (UTC). Null: always were, for duplicates only.';
comment on column conformed.customer_merge.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.customer_merge.deleted_at is
    'When the merge was undone (UTC); from the next run on the two are separate again, for all '
    'time. Null: holds.';
