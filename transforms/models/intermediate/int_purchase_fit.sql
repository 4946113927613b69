-- Grain: one row per calibration with customers without a contract.
-- Scope: company
-- Procedure: purchase_fit
-- Decisions: "Predicted lifetime value without a contract".
with

histories as (
    select * from int_purchase_history
),

final as (
    select
        calibration,
        customer_key,
        repeat_purchase_count,
        recency_weeks,
        age_weeks,
        mean_repeat_amount
    from histories
)

select * from final
