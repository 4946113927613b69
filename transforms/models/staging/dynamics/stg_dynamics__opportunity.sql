-- Grain: one row per opportunity and reading of it.
-- Scope: company
with

opportunities as (
    select
        origin,
        json_transform(
            payload,
            '{
                "opportunityid": "VARCHAR", "name": "VARCHAR", "statecode": "VARCHAR",
                "statuscode@OData.Community.Display.V1.FormattedValue": "VARCHAR", "stepname": "VARCHAR",
                "salesstage@OData.Community.Display.V1.FormattedValue": "VARCHAR", "msdyn_forecastcategory": "VARCHAR",
                "estimatedvalue": "VARCHAR", "actualvalue": "VARCHAR", "closeprobability": "VARCHAR",
                "estimatedclosedate": "VARCHAR", "actualclosedate": "VARCHAR", "createdon": "VARCHAR",
                "_customerid_value": "VARCHAR", "_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "VARCHAR",
                "_parentaccountid_value": "VARCHAR", "_owninguser_value": "VARCHAR",
                "transactioncurrencyid": {"isocurrencycode": "VARCHAR"}
            }'
        ) as opportunity
    from raw.dynamics__opportunity
),

final as (
    select
        origin,
        -- keys
        'dynamics' as source,
        opportunity.opportunityid as opportunity_id,
        -- The customer may be a person, whose account then is the parent.
        case opportunity."_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
            when 'account' then opportunity._customerid_value
            else opportunity._parentaccountid_value
        end as customer_id,
        opportunity._owninguser_value as owner_employee_id,

        -- attributes
        opportunity.name as name,
        coalesce(
            opportunity.stepname,
            opportunity."salesstage@OData.Community.Display.V1.FormattedValue"
        ) as stage,
        case opportunity.statecode
            when '0' then 'open'
            when '1' then 'won'
            when '2' then 'lost'
            else coalesce(opportunity.statecode, 'not said')
        end as status,
        case opportunity.msdyn_forecastcategory
            when '100000001' then 'pipeline'
            when '100000002' then 'best_case'
            when '100000003' then 'commit'
            when '100000004' then 'omitted'
            when '100000005' then 'closed'
            when '100000006' then 'omitted'
            else opportunity.msdyn_forecastcategory
        end as forecast_category,
        case opportunity.statecode
            when '2' then opportunity."statuscode@OData.Community.Display.V1.FormattedValue"
        end as loss_reason,
        upper(opportunity.transactioncurrencyid.isocurrencycode) as currency,

        -- measures
        case opportunity.statecode
            when '1' then coalesce(opportunity.actualvalue, opportunity.estimatedvalue)
            else opportunity.estimatedvalue
        end as amount,
        try_cast(opportunity.closeprobability as decimal(18, 4)) * cast(0.01 as decimal(4, 4))
            as probability,

        -- times
        opportunity.createdon as created_at,
        opportunity.estimatedclosedate as expected_close_date,
        case when opportunity.statecode in ('1', '2') then opportunity.actualclosedate end
            as closed_at
    from opportunities
)

select * from final
