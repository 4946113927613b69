-- Grain: one row per customer, test customers left out.
-- Scope: company
-- Decisions: "Historic lifetime value", "Predicted lifetime value", "Predicted lifetime value without a contract",
-- "Acquisitions".
with

customers as (
    select * from dim_customer
),

collections as (
    select
        customer_key,
        sum(collected_amount) as collected_amount,
        sum(refunded_amount) as refunded_amount,
        sum(fee_amount) as fee_amount
    from int_customer_collection
    group by all
),

work_costs as (
    select
        customer_key,
        sum(cost_amount) as work_cost_amount
    from fct_service_delivery_month
    where customer_key is not null
    group by all
),

rates as (
    select *
    from int_currency_month
    where measured_in_month = last_month()
),

margin_rates as (
    select
        source || ':' || product_id as product_key,
        gross_margin_rate
    from product
),

-- Lines of one product are one item, as in MRR; a discount on a line of its own is below 0.
revenue_items as (
    select
        customer_key,
        source,
        product_key,
        native_currency,
        sum(mrr_amount_native) as mrr_amount_native
    from fct_revenue_item
    where mrr_amount_native <> 0
    group by
        customer_key,
        source,
        product_key,
        native_currency,
        case
            when item_type = 'invoice_line' then coalesce(product_key, plan_key)
            else revenue_item_key
        end
),

recurring_items as (
    select
        revenue_items.customer_key,
        in_reporting_currency(
            revenue_items.mrr_amount_native,
            revenue_items.native_currency,
            rates.rate,
            rates.rate_date
        ) as mrr_amount,
        coalesce(margin_rates.gross_margin_rate, getvariable('gross_margin_rate'))
            as gross_margin_rate
    from revenue_items
    left join margin_rates on revenue_items.product_key = margin_rates.product_key
    left join rates on revenue_items.native_currency = rates.native_currency
),

margins as (
    select
        customer_key,
        sum(mrr_amount) as mrr_amount,
        case
            when bool_and(gross_margin_rate is not null)
            then sum(
                half_even_money(
                    cast(mrr_amount as decimal(20, 4))
                    * cast(gross_margin_rate as decimal(18, 4))
                )
            )
        end as margin_amount
    from recurring_items
    group by all
),

-- Who never had a contract.
purchasers as (
    select *
    from int_purchase_history
    where calibration = 'as_of'
),

forecasts as (
    select *
    from int_purchase_forecast
    where calibration = 'as_of'
),

-- What the segment lost of its recurring revenue in the last twelve months that have ended.
segment_churns as (
    select
        segment_value as segment,
        opening_mrr_amount,
        opening_mrr_amount - retained_mrr_amount as churned_mrr_amount
    from fct_revenue_retention
    where period_type = 'trailing_12_months'
        and segment_dimension = 'segment'
        and period_end = first_of_month(getvariable('as_of'))
        and gap_customer_count = 0
),

customer_values as (
    select
        customers.customer_key,
        customers.segment,
        customers.region,
        customers.industry,
        customers.size_band,
        customers.owner_employee_key,
        customers.acquisition_month_start,
        coalesce(collections.collected_amount, 0) as collected_amount,
        coalesce(collections.refunded_amount, 0) as refunded_amount,
        coalesce(collections.fee_amount, 0) as fee_amount,
        coalesce(work_costs.work_cost_amount, 0) as work_cost_amount,
        coalesce(margins.mrr_amount, 0) as mrr_amount,
        case when margins.mrr_amount > 0 then margins.margin_amount end as margin_amount,
        segment_churns.opening_mrr_amount as segment_opening_mrr_amount,
        segment_churns.churned_mrr_amount as segment_churned_mrr_amount,
        forecasts.alive_probability,
        forecasts.expected_purchase_count,
        forecasts.discounted_purchase_count,
        forecasts.expected_purchase_amount,
        purchasers.customer_key is not null as is_without_contract,
        case
            when purchasers.customer_key is not null and forecasts.customer_key is null
            then 'no_fit'
            when purchasers.customer_key is not null
                and getvariable('gross_margin_rate') is null
            then 'no_margin'
            when purchasers.customer_key is not null then 'predicted'
            when coalesce(margins.mrr_amount, 0) <= 0 then 'not_paying'
            when coalesce(segment_churns.opening_mrr_amount, 0) = 0 then 'no_history'
            when segment_churns.churned_mrr_amount = 0 then 'no_churn'
            when margins.margin_amount is null then 'no_margin'
            else 'predicted'
        end as prediction_status
    from customers
    left join collections on customers.customer_key = collections.customer_key
    left join work_costs on customers.customer_key = work_costs.customer_key
    left join margins on customers.customer_key = margins.customer_key
    left join purchasers on customers.customer_key = purchasers.customer_key
    left join forecasts on customers.customer_key = forecasts.customer_key
    left join segment_churns on customers.segment = segment_churns.segment
    -- One that acquired a real customer has its money, even if it is a test itself.
    where not customers.is_test
        or coalesce(collections.customer_key, work_costs.customer_key, margins.customer_key)
        is not null
),

-- A customer stays for 1 / yearly churn years, at most to the horizon.
lifetimes as (
    select
        *,
        12 * segment_opening_mrr_amount
        >= getvariable('clv_horizon_months') * segment_churned_mrr_amount as is_capped,
        least(
            12 * cast(segment_opening_mrr_amount as double)
            / nullif(cast(segment_churned_mrr_amount as double), 0),
            getvariable('clv_horizon_months')
        ) as lifetime_months,
        power(1 + cast(getvariable('clv_discount_rate') as double), -1.0 / 12) as month_worth
    from customer_values
),

-- Exact where nothing is discounted.
predictions as (
    select
        *,
        case
            when prediction_status <> 'predicted' then null
            when is_without_contract
            then cast(
                discounted_purchase_count
                * expected_purchase_amount
                * cast(getvariable('gross_margin_rate') as double) as decimal(18, 4)
            )
            when getvariable('clv_discount_rate') > 0
            then cast(
                cast(margin_amount as double)
                * (1 - power(month_worth, lifetime_months)) / (1 - month_worth) as decimal(18, 4)
            )
            when is_capped then margin_amount * getvariable('clv_horizon_months')
            else money_of(
                half_even_quotient(
                    ten_thousandths(margin_amount)
                    * 12
                    * ten_thousandths(segment_opening_mrr_amount),
                    nullif(ten_thousandths(segment_churned_mrr_amount), 0)
                )
            )
        end as predicted_amount
    from lifetimes
),

final as (
    select
        -- keys
        customer_key,

        -- attributes
        getvariable('reporting_currency') as currency,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        prediction_status,
        case
            when prediction_status <> 'predicted' then null
            when is_without_contract then 'purchases'
            else 'contract'
        end as prediction_method,

        -- measures
        cast(collected_amount as decimal(18, 4)) as collected_amount,
        cast(refunded_amount as decimal(18, 4)) as refunded_amount,
        cast(work_cost_amount as decimal(18, 4)) as work_cost_amount,
        cast(fee_amount as decimal(18, 4)) as fee_amount,
        cast(work_cost_amount + fee_amount as decimal(18, 4)) as cost_to_serve_amount,
        cast(
            collected_amount - refunded_amount - work_cost_amount - fee_amount as decimal(18, 4)
        ) as historic_amount,
        cast(mrr_amount as decimal(18, 4)) as mrr_amount,
        cast(margin_amount as decimal(18, 4)) as margin_amount,
        cast(margin_amount as double) / nullif(cast(mrr_amount as double), 0)
            as gross_margin_rate,
        cast(segment_opening_mrr_amount as decimal(18, 4)) as segment_opening_mrr_amount,
        cast(segment_churned_mrr_amount as decimal(18, 4)) as segment_churned_mrr_amount,
        cast(segment_churned_mrr_amount as double)
        / nullif(cast(segment_opening_mrr_amount as double), 0) as segment_revenue_churn_rate,
        case
            when prediction_status = 'predicted' and not is_without_contract
            then lifetime_months
        end as lifetime_months,
        alive_probability,
        expected_purchase_count,
        cast(expected_purchase_amount as decimal(18, 4)) as expected_purchase_amount,
        cast(predicted_amount as decimal(18, 4)) as predicted_amount,

        -- times
        acquisition_month_start
    from predictions
)

select * from final
