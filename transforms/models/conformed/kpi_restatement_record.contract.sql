create table conformed.kpi_restatement_record (
    source varchar not null default 'pipeline',
    reported_run_id varchar not null,
    restated_run_id varchar not null,
    kpi varchar not null,
    period_type varchar not null,
    period_start date not null,
    segment_dimension varchar not null,
    segment_value varchar not null,
    record_number bigint not null check (record_number >= 1),
    customer_key varchar,
    entity varchar not null,
    record_id varchar not null,
    raw_file varchar not null,
    file varchar,
    position bigint,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (
        source, reported_run_id, restated_run_id, kpi, period_type, period_start, segment_dimension,
        segment_value, record_number
    )
);
comment on table conformed.kpi_restatement_record is
    'One row per record that a run found to have changed a number of a past period, at most ten of '
    'an entity for a number. Each run lands its own before it publishes. Nobody has to drop files '
    'for it.';
comment on column conformed.kpi_restatement_record.source is
    'System that published, in lower case: pipeline, unless several installations are brought '
    'together.';
comment on column conformed.kpi_restatement_record.reported_run_id is
    'Run that had published the number.';
comment on column conformed.kpi_restatement_record.restated_run_id is
    'Run that found the number to differ.';
comment on column conformed.kpi_restatement_record.kpi is 'KPI of the number, see kpi_restatement.';
comment on column conformed.kpi_restatement_record.period_type is 'Kind of period of the number.';
comment on column conformed.kpi_restatement_record.period_start is
    'First day of the period of the number.';
comment on column conformed.kpi_restatement_record.segment_dimension is
    'What customers are told apart by in the number; all: not at all.';
comment on column conformed.kpi_restatement_record.segment_value is
    'Segment of the number; all where they are not told apart.';
comment on column conformed.kpi_restatement_record.record_number is
    'Place of the record among those of the number, from 1: those of the customers whose part '
    'changed most come first, those of no customer last.';
comment on column conformed.kpi_restatement_record.customer_key is
    'Customer whose part of the number changed, as the run that found it knew it, acquisitions and '
    'merges included. Null: none that is known, or the record concerns all.';
comment on column conformed.kpi_restatement_record.entity is
    'Entity that the record is of, such as credit_note.';
comment on column conformed.kpi_restatement_record.record_id is 'Id of the record in its raw file.';
comment on column conformed.kpi_restatement_record.raw_file is 'Raw file that the record lies in.';
comment on column conformed.kpi_restatement_record.file is
    'What the raw file was made from, such as the name of a dropped file. Null: not said.';
comment on column conformed.kpi_restatement_record.position is
    'Place of the record in what the raw file was made from: for a dropped CSV the line. Null: not '
    'said.';
comment on column conformed.kpi_restatement_record.updated_at is
    'When the record was last changed (UTC). Null: not said.';
comment on column conformed.kpi_restatement_record.deleted_at is
    'When the record was deleted (UTC). Null: not deleted.';
