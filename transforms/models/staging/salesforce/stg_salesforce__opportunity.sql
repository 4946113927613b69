-- Grain: one row per opportunity and reading of it.
-- Scope: company
with

opportunities as (
    select
        origin,
        json_transform(
            payload,
            '{
                "Id": "VARCHAR", "AccountId": "VARCHAR", "OwnerId": "VARCHAR", "Name": "VARCHAR", "Type": "VARCHAR",
                "StageName": "VARCHAR", "IsClosed": "VARCHAR", "IsWon": "VARCHAR", "ForecastCategory": "VARCHAR",
                "LeadSource": "VARCHAR", "Amount": "VARCHAR", "CurrencyIsoCode": "VARCHAR", "Probability": "VARCHAR",
                "CloseDate": "VARCHAR", "CreatedDate": "VARCHAR"
            }'
        ) as opportunity
    from raw.salesforce__opportunity
),

final as (
    select
        origin,
        -- keys
        'salesforce' as source,
        opportunity.Id as opportunity_id,
        opportunity.AccountId as customer_id,
        opportunity.OwnerId as owner_employee_id,

        -- attributes
        opportunity.Name as name,
        salesforce_opportunity_type(opportunity.Type) as opportunity_type,
        opportunity.StageName as stage,
        salesforce_status(opportunity.IsClosed, opportunity.IsWon) as status,
        salesforce_forecast_category(opportunity.ForecastCategory) as forecast_category,
        lower(opportunity.LeadSource) as lead_source,
        -- An org with one currency names none.
        upper(coalesce(opportunity.CurrencyIsoCode, getvariable('reporting_currency'))) as currency,

        -- measures
        opportunity.Amount as amount,
        try_cast(opportunity.Probability as decimal(18, 4)) * cast(0.01 as decimal(4, 4))
            as probability,

        -- times
        salesforce_instant(opportunity.CreatedDate) as created_at,
        opportunity.CloseDate as expected_close_date,
        case when opportunity.IsClosed = 'true' then salesforce_day_start(opportunity.CloseDate) end
            as closed_at
    from opportunities
)

select * from final
