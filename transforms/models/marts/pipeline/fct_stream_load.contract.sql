create table marts.fct_stream_load (
    source varchar not null,
    run_id varchar not null,
    stream_source varchar not null,
    stream varchar not null,
    outcome varchar not null check (outcome in ('read', 'failed', 'busy')),
    error_text varchar,
    is_latest boolean not null,
    landed_file_count bigint not null check (landed_file_count >= 0),
    landed_row_count bigint not null check (landed_row_count >= 0),
    deleted_row_count bigint not null check (deleted_row_count >= 0),
    rejected_row_count bigint not null check (rejected_row_count >= 0),
    request_count bigint not null check (request_count >= 0),
    retry_count bigint not null check (retry_count >= 0),
    answer_bytes bigint not null check (answer_bytes >= 0),
    waited_seconds double not null check (waited_seconds >= 0),
    duration_seconds double not null check (duration_seconds >= 0),
    staleness_hours double check (staleness_hours >= 0),
    read_until timestamp,
    primary key (source, run_id, stream_source, stream)
);
comment on table marts.fct_stream_load is
    'One row per run and stream of a source that it read over its API: what came, how long it '
    'took, and how fresh the stream was afterwards.';
comment on column marts.fct_stream_load.source is 'Installation that ran: pipeline.';
comment on column marts.fct_stream_load.run_id is 'Run that read it, as in pipeline_run.';
comment on column marts.fct_stream_load.stream_source is 'System that was read, such as stripe.';
comment on column marts.fct_stream_load.stream is 'Kind of record that was read, such as invoice.';
comment on column marts.fct_stream_load.outcome is
    'read: up to now; failed: ended with an error, what landed before it stays and the next run '
    'goes on from there; busy: another run was reading it.';
comment on column marts.fct_stream_load.error_text is 'Why it failed. Null: it did not.';
comment on column marts.fct_stream_load.is_latest is
    'True for the latest run that read the stream, which tells how fresh it is now.';
comment on column marts.fct_stream_load.landed_file_count is 'Raw files that landed.';
comment on column marts.fct_stream_load.landed_row_count is 'Records that landed.';
comment on column marts.fct_stream_load.deleted_row_count is
    'Of these, records that the source has no more.';
comment on column marts.fct_stream_load.rejected_row_count is
    'Records without an id, which went to quarantine.';
comment on column marts.fct_stream_load.request_count is
    'Requests that were made, retries among them.';
comment on column marts.fct_stream_load.retry_count is
    'Requests made again after a failure that may pass.';
comment on column marts.fct_stream_load.answer_bytes is 'Bytes of the answers, decompressed.';
comment on column marts.fct_stream_load.waited_seconds is
    'Seconds waited because the source asked for it, or after a failure.';
comment on column marts.fct_stream_load.duration_seconds is 'Seconds in all.';
comment on column marts.fct_stream_load.staleness_hours is
    'Hours from read_until to the end of the run: how old the news of this stream was then. '
    'Null: read_until is.';
comment on column marts.fct_stream_load.read_until is
    'What changed in the source before this instant (UTC) has been read. Null: nothing has been '
    'read to the end yet.';
