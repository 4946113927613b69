-- Grain: one row per calibration and customer without a contract who had bought by its end.
-- Scope: company
-- Decisions: "Predicted lifetime value without a contract".
with

collections as (
    select *
    from int_customer_collection
    where collected_amount > 0
),

contract_customers as (
    select customer_key
    from int_recurring_item_run
    group by all
),

-- At most one purchase a day.
purchases as (
    select
        collections.customer_key,
        collections.collected_on as purchased_on,
        collections.collected_amount as amount,
        row_number() over (
            partition by collections.customer_key order by collections.collected_on
        ) as purchase_number
    from collections
    anti join contract_customers on collections.customer_key = contract_customers.customer_key
),

-- The second one is held against what came after it.
calibrations as (
    select
        'as_of' as calibration,
        cast(getvariable('as_of') as date) as calibrated_until
    union all
    select
        'year_before',
        cast(cast(getvariable('as_of') as date) - interval 12 months as date)
),

histories as (
    select
        calibrations.calibration,
        calibrations.calibrated_until,
        purchases.customer_key,
        min(purchases.purchased_on) as first_purchased_on,
        max(purchases.purchased_on) filter (
            purchases.purchased_on < calibrations.calibrated_until
        ) as last_purchased_on,
        count(*) filter (
            purchases.purchased_on < calibrations.calibrated_until
            and purchases.purchase_number > 1
        ) as repeat_purchase_count,
        sum(purchases.amount) filter (
            purchases.purchased_on < calibrations.calibrated_until
            and purchases.purchase_number > 1
        ) as repeat_amount,
        count(*) filter (purchases.purchased_on >= calibrations.calibrated_until)
            as later_purchase_count
    from purchases
    cross join calibrations
    group by all
    having min(purchases.purchased_on) < calibrations.calibrated_until
),

final as (
    select
        -- keys
        calibration,
        customer_key,

        -- measures
        repeat_purchase_count,
        cast(last_purchased_on - first_purchased_on as double) / 7 as recency_weeks,
        cast(calibrated_until - first_purchased_on as double) / 7 as age_weeks,
        cast(repeat_amount as double) / nullif(repeat_purchase_count, 0) as mean_repeat_amount,
        later_purchase_count,

        -- times
        calibrated_until
    from histories
)

select * from final
