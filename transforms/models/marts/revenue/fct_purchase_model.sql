-- Grain: one row per calibration with customers without a contract.
-- Scope: company
-- Decisions: "Predicted lifetime value without a contract".
with

fits as (
    select * from int_purchase_fit
),

histories as (
    select
        calibration,
        calibrated_until,
        sum(later_purchase_count) as later_purchase_count
    from int_purchase_history
    group by all
),

forecasts as (
    select
        calibration,
        sum(expected_purchase_count) as expected_purchase_count,
        sum(alive_probability) as alive_customer_count
    from int_purchase_forecast
    group by all
),

final as (
    select
        -- keys
        fits.calibration,

        -- attributes
        getvariable('reporting_currency') as currency,
        fits.fit_status,

        -- measures
        fits.customer_count,
        fits.repeat_customer_count,
        fits.repeat_purchase_count,
        fits.expected_repeat_purchase_count,
        case
            when fits.calibration = 'year_before'
            then cast(histories.later_purchase_count as bigint)
        end as later_purchase_count,
        case
            when fits.calibration = 'year_before' then forecasts.expected_purchase_count
        end as expected_later_purchase_count,
        forecasts.alive_customer_count,
        fits.bg_nbd_r,
        fits.bg_nbd_alpha,
        fits.bg_nbd_a,
        fits.bg_nbd_b,
        fits.bg_nbd_log_likelihood,
        fits.gamma_gamma_p,
        fits.gamma_gamma_q,
        fits.gamma_gamma_v,
        fits.gamma_gamma_log_likelihood,

        -- times
        histories.calibrated_until
    from fits
    inner join histories on fits.calibration = histories.calibration
    left join forecasts on fits.calibration = forecasts.calibration
)

select * from final
