-- Grain: one row per contract that was activated, and reading of it.
-- Scope: company
with

contracts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "Id": "VARCHAR", "AccountId": "VARCHAR", "OwnerId": "VARCHAR", "StartDate": "VARCHAR",
                "EndDate": "VARCHAR", "ContractTerm": "VARCHAR", "CustomerSignedDate": "VARCHAR",
                "ActivatedDate": "VARCHAR"
            }'
        ) as contract
    from raw.salesforce__contract
),

final as (
    select
        origin,
        -- keys
        'salesforce' as source,
        contract.Id as contract_term_id,
        contract.Id as contract_id,
        contract.AccountId as customer_id,
        contract.OwnerId as owner_employee_id,

        -- measures
        contract.ContractTerm as term_months,

        -- times
        coalesce(
            salesforce_day_start(contract.CustomerSignedDate),
            salesforce_instant(contract.ActivatedDate)
        ) as signed_at,
        contract.StartDate as start_date,
        -- Salesforce names the last day.
        try_cast(contract.EndDate as date) + 1 as end_date
    from contracts
    -- What was never activated is a draft.
    where contract.ActivatedDate is not null
)

select * from final
