create table marts.dim_date (
    calendar_date date not null primary key,
    weekday_name varchar not null,
    month_name varchar not null,
    month_label varchar not null,
    quarter_label varchar not null,
    fiscal_month_label varchar not null,
    fiscal_quarter_label varchar not null,
    fiscal_year_label varchar not null,
    is_weekend boolean not null,
    is_month_end boolean not null,
    is_fiscal_month_end boolean not null,
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
    fiscal_week_number bigint check (fiscal_week_number between 1 and 53),
    fiscal_month_week_count bigint check (fiscal_month_week_count between 4 and 6),
    fiscal_year_week_count bigint check (fiscal_year_week_count in (52, 53)),
    month_start date not null,
    quarter_start date not null,
    year_start date not null,
    iso_week_start date not null,
    fiscal_week_start date,
    fiscal_month_start date not null
        check (fiscal_month_start = first_of_month(calendar_date)),
    fiscal_quarter_start date not null,
    fiscal_year_start date not null
);
comment on table marts.dim_date is
    'One row per day of the reporting time zone, without gaps, from the first day of the fiscal month '
    'of the earliest record to the end of the year after as_of.';
comment on column marts.dim_date.calendar_date is 'The day.';
comment on column marts.dim_date.weekday_name is 'Name of the weekday in English.';
comment on column marts.dim_date.month_name is
    'Name of the month of the calendar in English.';
comment on column marts.dim_date.month_label is
    'Year and month of the calendar, such as 2025-03; sorts in time.';
comment on column marts.dim_date.quarter_label is
    'Year and quarter of the calendar, such as 2025-Q1; sorts in time.';
comment on column marts.dim_date.fiscal_month_label is
    'Year and month that the fiscal month is called by, such as 2025-03; sorts in time. Months of '
    'weeks are called by the month of the calendar that they stand for.';
comment on column marts.dim_date.fiscal_quarter_label is
    'Fiscal year and its quarter, such as 2025-Q1; sorts in time.';
comment on column marts.dim_date.fiscal_year_label is
    'Fiscal year, such as FY2025, called by the year of its last month.';
comment on column marts.dim_date.is_weekend is 'True for Saturday and Sunday.';
comment on column marts.dim_date.is_month_end is 'True for the last day of a calendar month.';
comment on column marts.dim_date.is_fiscal_month_end is
    'True for the last day of a fiscal month, at whose end months are measured.';
comment on column marts.dim_date.is_covered is
    'True if the day lies before as_of, so that the marts say something of it.';
comment on column marts.dim_date.is_in_complete_month is
    'True if the whole fiscal month of the day lies before as_of.';
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
    'Fiscal year, called by the year of its last month.';
comment on column marts.dim_date.fiscal_quarter_number is 'Quarter of the fiscal year.';
comment on column marts.dim_date.fiscal_month_number is 'Month of the fiscal year.';
comment on column marts.dim_date.fiscal_week_number is
    'Week of the fiscal year. Null: its months are those of the calendar.';
comment on column marts.dim_date.fiscal_month_week_count is
    'Weeks of the fiscal month, to compare months of 4 with those of 5. Null: its months are those '
    'of the calendar.';
comment on column marts.dim_date.fiscal_year_week_count is
    'Weeks of the fiscal year, 52 or 53. Null: its months are those of the calendar.';
comment on column marts.dim_date.month_start is 'First day of the calendar month.';
comment on column marts.dim_date.quarter_start is 'First day of the calendar quarter.';
comment on column marts.dim_date.year_start is 'First day of the calendar year.';
comment on column marts.dim_date.iso_week_start is 'Monday of the week.';
comment on column marts.dim_date.fiscal_week_start is
    'First day of the week of the fiscal year. Null: its months are those of the calendar.';
comment on column marts.dim_date.fiscal_month_start is
    'First day of the fiscal month: month_start or period_start of facts.';
comment on column marts.dim_date.fiscal_quarter_start is 'First day of the fiscal quarter.';
comment on column marts.dim_date.fiscal_year_start is 'First day of the fiscal year.';
