-- Grain: one row per contract term.
-- Scope: customer
-- Decisions: "Terms that are due", "When a term is renewed", "What a renewal is worth", "Segments of renewals",
-- "Forecast of renewals".
with

terms as (
    select * from int_contract_term_valued
),

opportunities as (
    select * from int_renewal_opportunity
),

segment_rates as (
    select * from int_renewal_rate
),

forecast_terms as (
    select
        terms.*,
        coalesce(
            terms.exclusion_reason = 'not_due_yet'
            and terms.due_date < getvariable('as_of') + interval 12 month,
            false
        ) as is_forecast,
        opportunities.opportunity_key,
        case
            when terms.outcome <> 'open' then 'settled'
            when opportunities.probability_basis is not null then opportunities.probability_basis
            when segment_rates.due_count > 0 then 'segment_rate'
            else 'unknown'
        end as probability_basis,
        case
            when terms.outcome <> 'open'
            then case when terms.outcome = 'renewed' then 1 else 0 end
            when opportunities.probability_basis is not null
            then opportunities.renewal_probability
            else money_of(
                half_even_quotient(
                    cast(segment_rates.renewed_count as hugeint) * 10000,
                    cast(segment_rates.due_count as hugeint)
                )
            )
        end as renewal_probability,
        case
            when terms.outcome = 'renewed' then terms.renewed_amount
            else coalesce(opportunities.arr_amount, terms.expiring_amount)
        end as offered_amount
    from terms
    left join opportunities on terms.contract_term_key = opportunities.contract_term_key
    left join segment_rates on terms.segment = segment_rates.segment
),

final as (
    select
        -- keys
        contract_term_key,
        customer_key,
        source,
        contract_term_id,
        contract_key,
        previous_contract_term_key,
        replacing_contract_term_key,
        product_key,
        subscription_key,
        case when is_forecast then opportunity_key end as opportunity_key,

        -- attributes
        term_type,
        exclusion_reason,
        outcome,
        timing,
        loss_reason,
        native_currency,
        getvariable('reporting_currency') as currency,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        case when is_forecast then probability_basis end as probability_basis,

        -- flags
        exclusion_reason is null as is_due,
        outcome = 'renewed' as is_renewed,
        coalesce(timing in ('early', 'on_time'), false) as is_on_time,
        coalesce(timing = 'late', false) as is_late_renewal,
        outcome = 'open' as is_open,
        outcome in ('lost', 'reactivated') as is_lost,
        coalesce(expiring_amount is not null and renewed_amount is not null, false)
            as has_amounts,
        is_auto_renew,

        -- measures
        term_months,
        expiring_amount_native,
        renewed_amount_native,
        cast(expiring_amount as decimal(18, 4)) as expiring_amount,
        cast(renewed_amount as decimal(18, 4)) as renewed_amount,
        cast(
            case
                when renewed_amount is not null then least(renewed_amount, expiring_amount)
            end as decimal(18, 4)
        ) as retained_amount,
        cast(
            case when is_forecast then renewal_probability end as decimal(18, 4)
        ) as renewal_probability,
        cast(
            case
                when is_forecast
                then half_even_money(
                    cast(offered_amount as decimal(20, 4))
                    * cast(renewal_probability as decimal(18, 4))
                )
            end as decimal(18, 4)
        ) as expected_amount,
        case when timing <> 'unknown' then closed_date - due_date end as closed_after_days,

        -- times
        acquisition_month_start,
        start_date,
        end_date,
        due_date,
        month_day(due_month) as due_month_start,
        case when outcome <> 'open' then closed_date end as closed_date
    from forecast_terms
)

select * from final
