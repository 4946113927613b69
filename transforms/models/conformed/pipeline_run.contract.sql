create table conformed.pipeline_run (
    source varchar not null default 'pipeline',
    run_id varchar not null,
    status varchar not null check (status in ('succeeded', 'failed', 'canceled')),
    error_text varchar,
    is_published boolean not null default false,
    landed_file_count bigint not null default 0 check (landed_file_count >= 0),
    duplicate_file_count bigint not null default 0 check (duplicate_file_count >= 0),
    failed_file_count bigint not null default 0 check (failed_file_count >= 0),
    landed_row_count bigint not null default 0 check (landed_row_count >= 0),
    rejected_row_count bigint not null default 0 check (rejected_row_count >= 0),
    built_model_count bigint not null default 0 check (built_model_count >= 0),
    unchanged_model_count bigint not null default 0 check (unchanged_model_count >= 0),
    failed_model_count bigint not null default 0 check (failed_model_count >= 0),
    skipped_model_count bigint not null default 0 check (skipped_model_count >= 0),
    failed_audit_count bigint not null default 0 check (failed_audit_count >= 0),
    as_of_date date not null,
    started_at timestamp not null,
    ended_at timestamp not null,
    updated_at timestamp,
    deleted_at timestamp,
    check (started_at <= ended_at),
    primary key (source, run_id)
);
comment on table conformed.pipeline_run is
    'One row per run of the pipeline. Each run lands its own report, so the marts tell of the runs '
    'before theirs. Nobody has to drop files for it.';
comment on column conformed.pipeline_run.source is
    'System that ran, in lower case: pipeline, unless several installations are brought together.';
comment on column conformed.pipeline_run.run_id is 'The run''s id, which files and marts name too.';
comment on column conformed.pipeline_run.status is
    'succeeded; failed: a stream, model or audit failed (after a stream alone the marts are '
    'published with what landed); canceled: ended from outside.';
comment on column conformed.pipeline_run.error_text is 'Why it did not succeed. Null: it did.';
comment on column conformed.pipeline_run.is_published is
    'True if the run put its marts in the place of those before. Otherwise the earlier ones stay.';
comment on column conformed.pipeline_run.landed_file_count is
    'Dropped files whose rows landed.';
comment on column conformed.pipeline_run.duplicate_file_count is
    'Dropped files whose bytes had landed before, so that nothing was done.';
comment on column conformed.pipeline_run.failed_file_count is
    'Dropped files that could not be read.';
comment on column conformed.pipeline_run.landed_row_count is 'Records that landed from files.';
comment on column conformed.pipeline_run.rejected_row_count is
    'Rows of these files that went to quarantine while they were read. Rows whose values broke a '
    'contract later are in fct_quarantine too.';
comment on column conformed.pipeline_run.built_model_count is
    'Models that were computed, audits apart.';
comment on column conformed.pipeline_run.unchanged_model_count is
    'Models used as they were, because nothing they depend on had changed, audits apart.';
comment on column conformed.pipeline_run.failed_model_count is
    'Models that could not be computed or broke their contract, audits apart.';
comment on column conformed.pipeline_run.skipped_model_count is
    'Models not tried because one they read had failed, audits apart.';
comment on column conformed.pipeline_run.failed_audit_count is
    'Audits that found rows which should not exist, or could not run.';
comment on column conformed.pipeline_run.as_of_date is
    'First day that the numbers of the run do not cover.';
comment on column conformed.pipeline_run.started_at is 'When it began (UTC).';
comment on column conformed.pipeline_run.ended_at is 'When it ended (UTC).';
comment on column conformed.pipeline_run.updated_at is
    'When the record was last changed (UTC): the run''s end. Null: not said.';
comment on column conformed.pipeline_run.deleted_at is
    'When the record was deleted (UTC). Null: not deleted.';
