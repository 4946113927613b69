-- The fiscal calendar. Months are compared as numbers, year * 12 + month - 1, so that a span of months is a range of
-- integers. What a month is depends on the setting FiscalCalendar: the macros that know it exist twice, in the schemas
-- months and weeks, and the engine has the one that is set on its search path.
-- Decisions: "Fiscal years", "Months of weeks".

-- Months of the calendar.

create macro months.month_number(day) as cast(year(day) * 12 + month(day) - 1 as integer);

-- The first day of a month.
create macro months.month_day(number) as
    make_date(cast(number // 12 as bigint), cast(number % 12 + 1 as bigint), 1);

-- The first day of the month that a day is in.
create macro months.first_of_month(day) as cast(date_trunc('month', day) as date);

-- What the month of a day is called: 2026-03.
create macro months.month_label(day) as strftime(day, '%Y-%m');

-- Such years are not made of weeks.
create macro months.fiscal_week_start(day) as cast(null as date);

create macro months.fiscal_week_number(day) as cast(null as bigint);

-- Months of four or five weeks. Each stands for a month of the calendar, and has its number and its name.

-- The days from Monday to the one that weeks begin with.
create macro weeks.first_weekday() as
    list_position(
        ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
        getvariable('fiscal_year_first_weekday')
    ) - 1;

create macro weeks.fiscal_week_start(day) as
    cast(date_trunc('week', cast(day as date) - weeks.first_weekday()) as date)
    + weeks.first_weekday();

-- A week is of the year that its middle day is in, as one of calendar months, so that the year begins nearest to the
-- first day of its first month; or of the one that its last day is in, so that it begins on that day or before.
create macro weeks.week_mark(day) as
    weeks.fiscal_week_start(day) + if(getvariable('fiscal_year_start') = 'nearest', 3, 6);

-- The year of calendar months that a day is in, by the calendar year of its first day; and that day.
create macro weeks.calendar_year(day) as
    (date_diff('month', date '0001-01-01', day) + 13 - getvariable('fiscal_year_first_month'))
    // 12;

create macro weeks.calendar_year_day(year) as
    make_date(year, cast(getvariable('fiscal_year_first_month') as bigint), 1);

-- The weeks of the fiscal year that lie before that of a day: 0 to 52.
create macro weeks.week_count_before(day) as
    (
        weeks.week_mark(day)
        - weeks.calendar_year_day(weeks.calendar_year(weeks.week_mark(day)))
    ) // 7;

create macro weeks.fiscal_week_number(day) as weeks.week_count_before(day) + 1;

-- Three months have 13 weeks: month m of the year, counted from 0, begins after (13 * m + 2 - shift) // 3 of them,
-- which are 0, 4 and 8, or 0, 4 and 9, or 0, 5 and 9.
create macro weeks.week_shift() as
    case getvariable('fiscal_calendar')
        when 'weeks_4_4_5' then 2
        when 'weeks_4_5_4' then 1
        when 'weeks_5_4_4' then 0
    end;

-- The last month of a year has its 53rd week, too.
create macro weeks.month_number(day) as
    cast(
        weeks.calendar_year(weeks.week_mark(day)) * 12 + getvariable('fiscal_year_first_month') - 1
        + least((weeks.week_count_before(day) * 3 + weeks.week_shift()) // 13, 11) as integer
    );

create macro weeks.month_day(number) as
    weeks.fiscal_week_start(
        weeks.calendar_year_day(
            cast((number - getvariable('fiscal_year_first_month') + 13) // 12 - 1 as bigint)
        ) + if(getvariable('fiscal_year_start') = 'nearest', 3, 0)
    ) + cast(
        (
            (number - getvariable('fiscal_year_first_month') + 13) % 12 * 13
            + 2 - weeks.week_shift()
        ) // 3 * 7 as integer
    );

create macro weeks.first_of_month(day) as weeks.month_day(weeks.month_number(day));

create macro weeks.month_label(day) as
    strftime(months.month_day(weeks.month_number(day)), '%Y-%m');

-- Quarters and years of months, whatever these are.

-- The number of the fiscal year's first month, and of its quarter's.
create macro fiscal_year_month(number) as
    number - (number - getvariable('fiscal_year_first_month') + 13) % 12;

create macro fiscal_quarter_month(number) as
    number - (number - getvariable('fiscal_year_first_month') + 13) % 3;

-- The year that a fiscal year is called by: that of its last month.
create macro fiscal_year_number(number) as (fiscal_year_month(number) + 11) // 12;

-- The periods that a month is in or ends: itself, its quarter and year, and the twelve months to its end.
create macro periods_of(number) as
    [
        {'period_type': 'month', 'start_month': number, 'end_month': number + 1},
        {
            'period_type': 'quarter',
            'start_month': fiscal_quarter_month(number),
            'end_month': fiscal_quarter_month(number) + 3
        },
        {
            'period_type': 'fiscal_year',
            'start_month': fiscal_year_month(number),
            'end_month': fiscal_year_month(number) + 12
        },
        {
            'period_type': 'trailing_12_months',
            'start_month': number - 11,
            'end_month': number + 1
        }
    ];

-- What a period is called: 2026-03, 2026-Q1 and FY2026 of the fiscal year that ends in 2026, 2026-03/12 for the twelve
-- months that end with March 2026.
create macro fiscal_quarter_label(number) as
    fiscal_year_number(number) || '-Q' || (number - fiscal_year_month(number)) // 3 + 1;

create macro fiscal_year_label(number) as 'FY' || fiscal_year_number(number);

create macro period_label(period_type, period_start, period_end) as
    case period_type
        when 'month' then month_label(period_start)
        when 'quarter' then fiscal_quarter_label(month_number(period_start))
        when 'fiscal_year' then fiscal_year_label(month_number(period_start))
        when 'trailing_12_months' then month_label(period_end - 1) || '/12'
    end;
