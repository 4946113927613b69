-- Grain: one row per calibration that was fitted and customer without a contract.
-- Scope: company
-- Procedure: purchase_forecast
-- Decisions: "Predicted lifetime value without a contract".
with

histories as (
    select * from int_purchase_history
),

fits as (
    select *
    from int_purchase_fit
    where fit_status = 'fitted'
),

final as (
    select
        histories.calibration,
        histories.customer_key,
        histories.repeat_purchase_count,
        histories.recency_weeks,
        histories.age_weeks,
        histories.mean_repeat_amount,
        case
            when histories.calibration = 'as_of'
            then cast(getvariable('clv_horizon_months') as bigint)
            else 12
        end as horizon_months,
        power(1 + cast(getvariable('clv_discount_rate') as double), -1.0 / 12) as month_worth,
        fits.bg_nbd_r,
        fits.bg_nbd_alpha,
        fits.bg_nbd_a,
        fits.bg_nbd_b,
        fits.gamma_gamma_p,
        fits.gamma_gamma_q,
        fits.gamma_gamma_v
    from histories
    inner join fits on histories.calibration = fits.calibration
)

select * from final
