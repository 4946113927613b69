create table conformed.business_schedule (
    source varchar not null default 'file',
    business_schedule_id varchar not null,
    entry_id varchar not null,
    name varchar,
    entry_type varchar not null default 'weekly' check (entry_type in ('weekly', 'holiday')),
    time_zone varchar not null,
    weekday integer check (weekday between 1 and 7),
    open_time varchar check (regexp_full_match(open_time, '([01][0-9]|2[0-3]):[0-5][0-9]')),
    close_time varchar check (regexp_full_match(close_time, '([01][0-9]|2[0-3]):[0-5][0-9]|24:00')),
    is_default boolean not null default false,
    start_date date,
    end_date date,
    updated_at timestamp,
    deleted_at timestamp,
    check (close_time > open_time),
    check (end_date > start_date),
    check (
        case entry_type
            when 'weekly'
            then weekday is not null and open_time is not null and close_time is not null
            else start_date is not null and (open_time is null) = (close_time is null)
        end
    ),
    primary key (source, business_schedule_id, entry_id)
);
comment on table conformed.business_schedule is
    'One row per entry of a business schedule: a span of opening hours on a weekday, or a holiday. '
    'A weekday with a lunch break has two rows, a weekday without rows is closed.';
comment on column conformed.business_schedule.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.business_schedule.business_schedule_id is
    'Schedule the entry belongs to, as tickets name it.';
comment on column conformed.business_schedule.entry_id is
    'Name of the entry within its schedule, such as monday, monday_afternoon, christmas_2025.';
comment on column conformed.business_schedule.name is
    'Name of the schedule. Null: its id is shown.';
comment on column conformed.business_schedule.entry_type is
    'weekly: open on weekday from open_time to close_time; holiday: those days are closed, or open '
    'only from open_time to close_time if these are given.';
comment on column conformed.business_schedule.time_zone is
    'Clock of the schedule as IANA name such as Europe/Berlin: opening hours and days are on this '
    'clock, summer time included. The same in all rows of a schedule.';
comment on column conformed.business_schedule.weekday is
    'Day of the week, 1 Monday to 7 Sunday. Null for holidays.';
comment on column conformed.business_schedule.open_time is
    'Time of day it opens, as HH:MM such as 09:00. Null only for holidays: closed all day.';
comment on column conformed.business_schedule.close_time is
    'Time of day it closes (exclusive), as HH:MM such as 17:30; 24:00 is midnight at the end of '
    'the day. Null only for holidays: closed all day.';
comment on column conformed.business_schedule.is_default is
    'True for the schedule of tickets that name none. The same in all rows of a schedule.';
comment on column conformed.business_schedule.start_date is
    'First day the entry applies; for a holiday its first day. Null: since always, not for '
    'holidays.';
comment on column conformed.business_schedule.end_date is
    'First day the entry no longer applies (exclusive). Null: still applies; for a holiday, one '
    'day.';
comment on column conformed.business_schedule.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.business_schedule.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
