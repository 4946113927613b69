create table marts.fct_schema_change (
    stream varchar not null,
    field varchar not null,
    change varchar not null check (change in ('new', 'retyped', 'vanished', 'unlisted')),
    field_type varchar not null,
    earlier_types varchar,
    raw_file varchar not null,
    run_id varchar not null,
    record_count bigint not null check (record_count > 0),
    noticed_at timestamp,
    primary key (stream, field, change, field_type)
);
comment on table marts.fct_schema_change is
    'One row per stream, field, kind of change and type: what a source gives otherwise than in the '
    'first run that read it. Of each raw file the first 1,000 records are looked at, and one in '
    'eight of the rest. A change breaks nothing by itself: what a model needs and does not find '
    'is in fct_quarantine, and a dropped file without a required column is refused.';
comment on column marts.fct_schema_change.stream is
    'Stream the field is of, as source.stream; file.<table> for dropped files.';
comment on column marts.fct_schema_change.field is
    'The field by its path, such as plan.amount; a name that holds a dot stands in quotes. The '
    'members of an array are no fields. * for the records as a whole.';
comment on column marts.fct_schema_change.change is
    'new: first seen after the first run of the stream (of a new object the members are not '
    'listed); retyped: seen with a type that it never had; vanished: not seen since, though ten '
    'of the records since would have it if it was as common as before; unlisted: an object with '
    'more than 100 members over time, which holds values by name, or a stream with more than '
    '1,000 fields, of which the rest is not listed.';
comment on column marts.fct_schema_change.field_type is
    'JSON type the field has since: text, number, boolean, object, array, null (never a value) or '
    'unreadable (no JSON); several joined by commas. What stands in CSV is text. Of a vanished '
    'field those it had.';
comment on column marts.fct_schema_change.earlier_types is
    'Types it was seen with before, nulls apart. Null: none.';
comment on column marts.fct_schema_change.raw_file is
    'First raw file in the lake that shows the change.';
comment on column marts.fct_schema_change.run_id is 'Run that landed this file.';
comment on column marts.fct_schema_change.record_count is
    'Records among those looked at that show the change: with the field, with the type, or since '
    'it vanished without it. Of unlisted the fields that are not listed.';
comment on column marts.fct_schema_change.noticed_at is
    'When this run began (UTC). Null: the file is not named by a run.';
