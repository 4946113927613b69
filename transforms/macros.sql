-- Time. Days are those of the reporting time zone, months those of the fiscal calendar.

-- An instant (UTC) as the clock of the reporting time zone shows it.
create macro local_time(instant) as
    timezone(getvariable('reporting_time_zone'), timezone('UTC', instant));

-- The last month that is measured: the one with the last day before as_of, in progress or complete.
create macro last_month() as month_number(cast(getvariable('as_of') as date) - 1);

-- The first month at whose last instant something from local_instant on is seen. What happens from as_of on is seen by
-- no month, not by the one in progress either. So what lasts from a until before b is measured in the months from
-- measured_month(a) until before measured_month(b), which may be none.
create macro measured_month(local_instant) as
    case
        when local_instant >= getvariable('as_of') then last_month() + 1
        else month_number(local_instant)
    end;

-- The day whose exchange rates value a month: its last one, or the last one before as_of.
create macro rate_day(number) as least(month_day(number + 1), cast(getvariable('as_of') as date)) - 1;

-- Whether a period is one of those whose contributions are kept: its last month that is measured is one of the last
-- contribution_months.
create macro is_contribution_period(period_end) as
    least(month_number(period_end) - 1, last_month())
    > last_month() - getvariable('contribution_months');

-- Money. Exact: integers and decimals, rounded half to even, never a double. To divide numbers of 128 bits takes fifty times
-- as long as numbers of 64, so what fits into 64 is divided there; the result is the same.

-- Numerator / denominator (above 0) as integers, rounded half to even.
create macro half_even_quotient_of(numerator, denominator) as
    numerator // denominator
    + case
        when 2 * abs(numerator % denominator) > denominator
            or (
                2 * abs(numerator % denominator) = denominator
                and (numerator // denominator) % 2 <> 0
            )
        then sign(numerator)
        else 0
    end;

create macro half_even_quotient(numerator, denominator) as
    case
        when abs(numerator) < 1000000000000000000 and denominator < 1000000000000000000
        then cast(
            half_even_quotient_of(cast(numerator as bigint), cast(denominator as bigint)) as hugeint
        )
        else half_even_quotient_of(cast(numerator as hugeint), cast(denominator as hugeint))
    end;

-- A decimal with four digits as the integer number of its ten-thousandths.
create macro ten_thousandths(amount) as
    cast(cast(amount as decimal(30, 4)) * cast(10000 as decimal(5, 0)) as hugeint);

-- A decimal with twelve digits rounded half to even to the four digits of money.
create macro half_even_money_of(amount) as
    cast(
        cast(amount as decimal(18, 4))
        - case
            when abs(cast(amount as decimal(18, 4)) - amount) = 0.00005
                and ten_thousandths(cast(amount as decimal(18, 4))) % 2 <> 0
            then sign(amount) * 0.0001
            else 0
        end as decimal(18, 4)
    );

create macro half_even_money(amount) as
    case
        when abs(amount) < 900000 then half_even_money_of(cast(amount as decimal(18, 12)))
        else half_even_money_of(cast(amount as decimal(38, 12)))
    end;

-- The other way: the amount of so many ten-thousandths.
create macro money_of(ten_thousandths) as
    cast(
        cast(ten_thousandths as decimal(34, 0)) * cast(0.0001 as decimal(4, 4)) as decimal(18, 4)
    );

-- The part of an amount, spread evenly over day_count days, that falls on the days from day_from until before day_to: what
-- is due by then less what was due before, each rounded half to even, so that the parts of an amount add up to it.
create macro part_of(amount, day_from, day_to, day_count) as
    money_of(
        half_even_quotient(ten_thousandths(amount) * day_to, day_count)
        - half_even_quotient(ten_thousandths(amount) * day_from, day_count)
    );

-- What one billing interval is worth a month, as numerator and denominator.
create macro monthly_numerator(billing_interval) as
    case billing_interval when 'week' then 52 when 'day' then 365 else 1 end;

create macro monthly_denominator(billing_interval, interval_count) as
    case billing_interval when 'month' then interval_count else 12 * interval_count end;

-- Monthly amount of price x quantity less discounts, rounded once. percent_off and amount_off are the sums of all
-- discounts in force, amount_off for one billing interval; the result is never below 0.
create macro monthly_amount(
    unit_amount, quantity, percent_off, amount_off, billing_interval, interval_count
) as
    money_of(
        half_even_quotient(
            greatest(
                ten_thousandths(unit_amount) * ten_thousandths(quantity)
                * (1000000 - least(ten_thousandths(percent_off), 1000000))
                - ten_thousandths(amount_off) * 10000000000,
                0
            ) * monthly_numerator(billing_interval),
            cast(monthly_denominator(billing_interval, interval_count) as hugeint) * 10000000000
        )
    );

-- Percentage and fixed amount taken off a monthly amount; never below 0.
create macro discounted(amount, percent_off, amount_off) as
    cast(
        greatest(
            amount - amount_off
            - half_even_money(
                cast(amount as decimal(20, 4)) * cast(percent_off as decimal(18, 4))
                * cast(0.01 as decimal(4, 4))
            ),
            0
        ) as decimal(18, 4)
    );

-- An amount in the reporting currency. A rate that is missing stops the run: it is never 1, and nothing is left out.
create macro in_reporting_currency(amount, currency, rate, day) as
    case
        when currency = getvariable('reporting_currency') or amount = 0 then amount
        when rate is null then error(
            'There is no exchange rate from ' || currency || ' to '
            || getvariable('reporting_currency') || ' on or before '
            || coalesce(cast(day as varchar), 'the day it is needed for')
            || ': add it to exchange_rate.'
        )
        else half_even_money(cast(amount as decimal(20, 4)) * cast(rate as decimal(18, 8)))
    end;
