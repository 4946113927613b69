-- Grain: one row per subscriber.
-- Tenure is a number of months that ends on no stated day, and charges have no currency: there is
-- no honest subscription_item in this file, only customers.
with

final as (
    select
        -- keys
        origin,
        'telco' as source,
        payload ->> '$.customerID' as customer_id,

        -- attributes
        'consumer' as customer_type,
        case payload ->> '$.Churn'
            when 'Yes' then 'churned'
            when 'No' then 'active'
            else payload ->> '$.Churn'
        end as lifecycle_stage,
        replace(replace(lower(payload ->> '$.Contract'), ' ', '_'), '-', '_') as segment,

        -- measures
        payload ->> '$.TotalCharges' as total_revenue_amount
    from raw.telco__subscriber
)

select * from final
