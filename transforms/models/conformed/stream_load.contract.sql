create table conformed.stream_load (
    source varchar not null default 'pipeline',
    run_id varchar not null,
    stream_source varchar not null,
    stream varchar not null,
    outcome varchar not null check (outcome in ('read', 'failed', 'busy')),
    error_text varchar,
    landed_file_count bigint not null default 0 check (landed_file_count >= 0),
    landed_row_count bigint not null default 0 check (landed_row_count >= 0),
    deleted_row_count bigint not null default 0 check (deleted_row_count >= 0),
    rejected_row_count bigint not null default 0 check (rejected_row_count >= 0),
    request_count bigint not null default 0 check (request_count >= 0),
    retry_count bigint not null default 0 check (retry_count >= 0),
    answer_bytes bigint not null default 0 check (answer_bytes >= 0),
    waited_seconds double not null default 0 check (waited_seconds >= 0),
    duration_seconds double not null default 0 check (duration_seconds >= 0),
    read_until timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, run_id, stream_source, stream)
);
comment on table conformed.stream_load is
    'One row per stream of a source that a run read over its API, from the reports that runs '
    'land. Nobody has to drop files for it.';
comment on column conformed.stream_load.source is
    'System that ran, in lower case: pipeline, unless several installations are brought '
    'together.';
comment on column conformed.stream_load.run_id is 'Run that read it, as in pipeline_run.';
comment on column conformed.stream_load.stream_source is 'System that was read, such as stripe.';
comment on column conformed.stream_load.stream is 'Kind of record that was read, such as invoice.';
comment on column conformed.stream_load.outcome is
    'read: up to now; failed: ended with an error, what landed before it stays and the next run '
    'goes on from there; busy: another run was reading it.';
comment on column conformed.stream_load.error_text is 'Why it failed. Null: it did not.';
comment on column conformed.stream_load.landed_file_count is 'Raw files that landed.';
comment on column conformed.stream_load.landed_row_count is 'Records that landed.';
comment on column conformed.stream_load.deleted_row_count is
    'Of these, records that the source has no more.';
comment on column conformed.stream_load.rejected_row_count is
    'Records without an id, which went to quarantine.';
comment on column conformed.stream_load.request_count is
    'Requests that were made, retries among them.';
comment on column conformed.stream_load.retry_count is
    'Requests made again after a failure that may pass.';
comment on column conformed.stream_load.answer_bytes is 'Bytes of the answers, decompressed.';
comment on column conformed.stream_load.waited_seconds is
    'Seconds waited because the source asked for it, or after a failure.';
comment on column conformed.stream_load.duration_seconds is 'Seconds in all.';
comment on column conformed.stream_load.read_until is
    'What changed in the source before this instant (UTC) has been read. Null: nothing has been '
    'read to the end yet.';
comment on column conformed.stream_load.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; '
    'null: the one landed last.';
comment on column conformed.stream_load.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: '
    'not deleted.';
