create table marts.fct_quarantine (
    stream varchar not null,
    file_name varchar not null,
    column_name varchar not null,
    reason varchar not null,
    last_run_id varchar,
    row_count bigint not null check (row_count > 0),
    first_position bigint,
    last_position bigint,
    example_position bigint,
    first_rejected_at timestamp,
    last_rejected_at timestamp,
    check (first_position <= last_position),
    check (example_position between first_position and last_position),
    check (first_rejected_at <= last_rejected_at),
    primary key (stream, file_name, column_name, reason)
);
comment on table marts.fct_quarantine is
    'One row per stream, file, column and reason for which rows could not be used. The values '
    'themselves may be personal data and are not here: cco quarantine show reads them from the '
    'lake. A row that is wrong in two columns is in two rows.';
comment on column marts.fct_quarantine.stream is
    'Stream the rows came in by, as source.stream; file.<table> for dropped files.';
comment on column marts.fct_quarantine.file_name is
    'Dropped file the rows stood in, or the raw file of a vendor''s response; unknown where it was '
    'not recorded.';
comment on column marts.fct_quarantine.column_name is
    'Column that was wrong; * where the whole row was.';
comment on column marts.fct_quarantine.reason is 'What was wrong and what was expected.';
comment on column marts.fct_quarantine.last_run_id is
    'Run that took in the rows rejected last. Null: not recorded.';
comment on column marts.fct_quarantine.row_count is
    'Rows rejected for this reason. A file that was dropped again after a change counts again.';
comment on column marts.fct_quarantine.first_position is
    'First such row: the line of the file, the header being 1, or the place in the response. Null: '
    'not recorded.';
comment on column marts.fct_quarantine.last_position is 'Last such row, counted the same way.';
comment on column marts.fct_quarantine.example_position is
    'A row to look at: the first of those rejected last.';
comment on column marts.fct_quarantine.first_rejected_at is
    'When the first of them was taken in (UTC).';
comment on column marts.fct_quarantine.last_rejected_at is
    'When the last of them was taken in (UTC).';
