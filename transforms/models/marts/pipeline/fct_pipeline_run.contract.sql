create table marts.fct_pipeline_run (
    source varchar not null,
    run_id varchar not null,
    status varchar not null check (status in ('succeeded', 'failed', 'canceled')),
    error_text varchar,
    is_published boolean not null,
    landed_file_count bigint not null,
    duplicate_file_count bigint not null,
    failed_file_count bigint not null,
    landed_row_count bigint not null,
    rejected_row_count bigint not null,
    built_model_count bigint not null,
    unchanged_model_count bigint not null,
    failed_model_count bigint not null,
    skipped_model_count bigint not null,
    failed_audit_count bigint not null,
    duration_seconds double not null check (duration_seconds >= 0),
    as_of_date date not null,
    started_at timestamp not null,
    ended_at timestamp not null,
    primary key (source, run_id)
);
comment on table marts.fct_pipeline_run is
    'One row per run of the pipeline that had ended when these marts were built; the run that '
    'built them appears in the next.';
comment on column marts.fct_pipeline_run.source is 'Installation that ran: pipeline.';
comment on column marts.fct_pipeline_run.run_id is 'The run''s id, which files and marts name too.';
comment on column marts.fct_pipeline_run.status is
    'succeeded; failed: a stream, model or audit failed (after a stream alone the marts are '
    'published with what landed); canceled: ended from outside.';
comment on column marts.fct_pipeline_run.error_text is 'Why it did not succeed. Null: it did.';
comment on column marts.fct_pipeline_run.is_published is
    'True if the marts that everybody read were those of this run from its end on.';
comment on column marts.fct_pipeline_run.landed_file_count is 'Dropped files whose rows landed.';
comment on column marts.fct_pipeline_run.duplicate_file_count is
    'Dropped files that had landed before.';
comment on column marts.fct_pipeline_run.failed_file_count is
    'Dropped files that could not be read.';
comment on column marts.fct_pipeline_run.landed_row_count is 'Records that landed from files.';
comment on column marts.fct_pipeline_run.rejected_row_count is
    'Rows of these files that could not be read. What was rejected in all is in fct_quarantine.';
comment on column marts.fct_pipeline_run.built_model_count is 'Models computed, audits apart.';
comment on column marts.fct_pipeline_run.unchanged_model_count is
    'Models used as they were, audits apart.';
comment on column marts.fct_pipeline_run.failed_model_count is
    'Models that could not be computed or broke their contract, audits apart.';
comment on column marts.fct_pipeline_run.skipped_model_count is
    'Models not tried because one they read had failed, audits apart.';
comment on column marts.fct_pipeline_run.failed_audit_count is
    'Audits that found rows which should not exist, or could not run.';
comment on column marts.fct_pipeline_run.duration_seconds is
    'Seconds from begin to end, to the millisecond.';
comment on column marts.fct_pipeline_run.as_of_date is
    'First day that the numbers of the run do not cover.';
comment on column marts.fct_pipeline_run.started_at is 'When it began (UTC).';
comment on column marts.fct_pipeline_run.ended_at is 'When it ended (UTC).';
