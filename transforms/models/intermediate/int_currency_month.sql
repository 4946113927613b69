-- Grain: one row per currency of the company and month, with the rates to the reporting currency.
-- Scope: company
-- Decisions: "Exchange rates". A null rate stops the run where an amount needs it.
with

currency_uses as (
    select
        native_currency,
        min(month_from) as first_month
    from int_recurring_item_run
    group by all
    union all
    select
        currency,
        month_number(min(coalesce(due_date, end_date, start_date)))
    from contract_term
    where currency is not null
    group by all
    union all
    select
        currency,
        last_month()
    from opportunity
    where currency is not null
    group by all
    union all
    select
        service_delivery.currency,
        month_number(min(service_delivery.start_date))
    from service_delivery
    group by all
    union all
    select
        employee.currency,
        month_number(min(service_delivery.start_date))
    from service_delivery
    inner join employee -- whose hours have a cost
        on service_delivery.source = employee.source
        and service_delivery.employee_id = employee.employee_id
    where employee.currency is not null
    group by all
    union all
    select
        currency,
        month_number(local_time(min(paid_at)))
    from payment
    group by all
    union all
    select
        currency,
        month_number(min(credit_note_date))
    from credit_note
    group by all
),

spans as (
    select
        native_currency,
        least(min(first_month), last_month()) as first_month
    from currency_uses
    group by all
),

months as (
    select
        native_currency,
        unnest(
            range((select min(first_month) - 1 from spans), last_month() + 1)
        ) as measured_in_month
    from spans
    where native_currency <> getvariable('reporting_currency')
),

days as (
    select
        native_currency,
        measured_in_month,
        rate_day(measured_in_month) as rate_date
    from months
),

rates as (
    select
        source,
        rate_date,
        from_currency,
        to_currency,
        rate,
        coalesce(cast(local_time(deleted_at) as date), date '9999-12-31') as deleted_date
    from exchange_rate
),

-- Every pair in both directions; what is given comes before what is turned round.
directed_rates as (
    select
        source,
        rate_date,
        from_currency,
        to_currency,
        rate,
        deleted_date,
        1 as precedence
    from rates
    union all
    select
        source,
        rate_date,
        to_currency,
        from_currency,
        cast(
            cast(
                half_even_quotient(
                    cast(10000000000000000 as hugeint),
                    cast(cast(rate as decimal(30, 8)) * cast(100000000 as decimal(9, 0)) as hugeint)
                ) as decimal(26, 0)
            ) * cast(0.00000001 as decimal(8, 8)) as decimal(18, 8)
        ),
        deleted_date,
        2
    from rates
),

-- Of each pair the latest rate on or before the day.
days_with_rates as (
    select
        days.native_currency,
        days.measured_in_month,
        directed_rates.from_currency,
        directed_rates.to_currency,
        directed_rates.rate,
        directed_rates.rate_date as quoted_date,
        directed_rates.precedence
    from days
    inner join directed_rates
        on days.rate_date >= directed_rates.rate_date
        and days.rate_date < directed_rates.deleted_date
    where directed_rates.from_currency = days.native_currency
        or directed_rates.to_currency = getvariable('reporting_currency')
    qualify row_number() over (
        partition by
            days.native_currency,
            days.measured_in_month,
            directed_rates.from_currency,
            directed_rates.to_currency
        order by
            directed_rates.precedence, directed_rates.rate_date desc, directed_rates.source
    ) = 1
),

routes as (
    select
        native_currency,
        measured_in_month,
        rate,
        precedence,
        quoted_date,
        '' as by_currency
    from days_with_rates
    where from_currency = native_currency and to_currency = getvariable('reporting_currency')
    union all
    select
        leaving.native_currency,
        leaving.measured_in_month,
        cast(
            cast(
                half_even_quotient(
                    cast(cast(leaving.rate as decimal(30, 8)) * 100000000 as hugeint)
                    * cast(cast(arriving.rate as decimal(30, 8)) * 100000000 as hugeint),
                    cast(100000000 as hugeint)
                ) as decimal(26, 0)
            ) * cast(0.00000001 as decimal(8, 8)) as decimal(18, 8)
        ),
        3,
        least(leaving.quoted_date, arriving.quoted_date),
        leaving.to_currency
    from days_with_rates as leaving
    inner join days_with_rates as arriving
        on leaving.native_currency = arriving.native_currency
        and leaving.measured_in_month = arriving.measured_in_month
        and leaving.to_currency = arriving.from_currency
    where leaving.from_currency = leaving.native_currency
        and arriving.to_currency = getvariable('reporting_currency')
        and leaving.to_currency <> getvariable('reporting_currency')
),

best_routes as (
    select *
    from routes
    qualify row_number() over (
        partition by native_currency, measured_in_month order by precedence, by_currency
    ) = 1
),

rated_months as (
    select
        days.native_currency,
        days.measured_in_month,
        days.rate_date,
        best_routes.rate,
        best_routes.precedence,
        best_routes.by_currency,
        best_routes.quoted_date,
        lag(best_routes.rate) over currency_months as earlier_rate,
        first_value(best_routes.rate ignore nulls) over (
            partition by days.native_currency
            order by days.measured_in_month
            rows between current row and unbounded following
        ) as first_rate
    from days
    left join best_routes
        on days.native_currency = best_routes.native_currency
        and days.measured_in_month = best_routes.measured_in_month
    window currency_months as (
        partition by days.native_currency order by days.measured_in_month
    )
),

final as (
    select
        native_currency,
        cast(measured_in_month as integer) as measured_in_month,
        case precedence when 1 then 'given' when 2 then 'turned_round' when 3 then 'via' end
            as route,
        nullif(by_currency, '') as via_currency,
        -- Where rates begin in this month, nothing was converted before: the first one opens it.
        coalesce(earlier_rate, rate) as opening_rate,
        -- What came later can be held against a time before there were rates: at the first one.
        coalesce(earlier_rate, first_rate) as constant_rate,
        rate,
        rate_date,
        quoted_date
    from rated_months
)

select * from final
