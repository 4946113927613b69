create table marts.dim_date (
    calendar_date date not null primary key,
    weekday_name varchar not null,
    month_name varchar not null,
    month_label varchar not null,
    quarter_label varchar not null,
    fiscal_year_label varchar not null,
    is_weekend boolean not null,
    is_month_end boolean not null,
    is_covered boolean not null,
    is_in_complete_month boolean not null,
    year_number bigint not null,
    quarter_number bigint not null check (quarter_number between 1 and 4),
    month_number bigint not null check (month_number between 1 and 12),
    day_of_month bigint not null check (day_of_month between 1 and 31),
    day_of_year bigint not null check (day_of_year between 1 and 366),
    iso_weekday_number bigint not null check (iso_weekday_number between 1 and 7),
    iso_year_number bigint not null,
    iso_week_number bigint not null check (iso_week_number between 1 and 53),
    fiscal_year_number bigint not null,
    fiscal_quarter_number bigint not null check (fiscal_quarter_number between 1 and 4),
    fiscal_month_number bigint not null check (fiscal_month_number between 1 and 12),
    month_start date not null,
    quarter_start date not null,
    year_start date not null,
    iso_week_start date not null,
    fiscal_quarter_start date not null,
    fiscal_year_start date not null
);
comment on table marts.dim_date is
    'One row per day of the reporting time zone, without gaps, from the first day of the month of '
    'the earliest record to the end of the year after as_of.';
comment on column marts.dim_date.calendar_date is 'The day.';
comment on column marts.dim_date.weekday_name is 'Name of the weekday in English.';
comment on column marts.dim_date.month_name is 'Name of the month in English.';
comment on column marts.dim_date.month_label is 'Year and month, such as 2025-03; sorts in time.';
comment on column marts.dim_date.quarter_label is
    'Year and quarter of the calendar, such as 2025-Q1; sorts in time.';
comment on column marts.dim_date.fiscal_year_label is
    'Fiscal year, such as FY2025, called by the calendar year it ends in.';
comment on column marts.dim_date.is_weekend is 'True for Saturday and Sunday.';
comment on column marts.dim_date.is_month_end is 'True for the last day of a month.';
comment on column marts.dim_date.is_covered is
    'True if the day lies before as_of, so that the marts say something of it.';
comment on column marts.dim_date.is_in_complete_month is
    'True if the whole month of the day lies before as_of.';
comment on column marts.dim_date.year_number is 'Year of the calendar.';
comment on column marts.dim_date.quarter_number is 'Quarter of the calendar year.';
comment on column marts.dim_date.month_number is 'Month of the calendar year.';
comment on column marts.dim_date.day_of_month is 'Day of the month.';
comment on column marts.dim_date.day_of_year is 'Day of the calendar year.';
comment on column marts.dim_date.iso_weekday_number is 'Weekday by ISO 8601: 1 is Monday.';
comment on column marts.dim_date.iso_year_number is
    'Year that iso_week_number counts in, by ISO 8601.';
comment on column marts.dim_date.iso_week_number is 'Week by ISO 8601.';
comment on column marts.dim_date.fiscal_year_number is
    'Fiscal year, called by the calendar year it ends in.';
comment on column marts.dim_date.fiscal_quarter_number is 'Quarter of the fiscal year.';
comment on column marts.dim_date.fiscal_month_number is 'Month of the fiscal year.';
comment on column marts.dim_date.month_start is 'First day of the month.';
comment on column marts.dim_date.quarter_start is 'First day of the calendar quarter.';
comment on column marts.dim_date.year_start is 'First day of the calendar year.';
comment on column marts.dim_date.iso_week_start is 'Monday of the week.';
comment on column marts.dim_date.fiscal_quarter_start is 'First day of the fiscal quarter.';
comment on column marts.dim_date.fiscal_year_start is 'First day of the fiscal year.';
