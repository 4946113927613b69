-- Grain: one row per company and change of its properties, as far back as HubSpot keeps them.
-- Scope: company
with

companies as (
    select origin, hubspot_company_history(payload) as company
    from raw.hubspot__company_history
),

histories as (
    select
        origin,
        company.id as company_id,
        hubspot_instant(company.createdAt) as created_at,
        company.propertiesWithHistory as history
    from companies
),

changes as (
    select
        origin,
        company_id,
        created_at,
        history,
        unnest(list_distinct(
            [created_at]
            || hubspot_change_instants(history.name)
            || hubspot_change_instants(history.domain)
            || hubspot_change_instants(history.industry)
            || hubspot_change_instants(history.country)
            || hubspot_change_instants(history.numberofemployees)
            || hubspot_change_instants(history.lifecyclestage)
            || hubspot_change_instants(history.hubspot_owner_id)
            || hubspot_change_instants(history.hs_parent_company_id)
            || hubspot_change_instants(history.hs_analytics_source)
        )) as changed_at
    from histories
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        company_id as customer_id,
        changed_at as valid_from,
        hubspot_value_at(history.hs_parent_company_id, changed_at) as parent_customer_id,
        hubspot_value_at(history.hubspot_owner_id, changed_at) as owner_employee_id,

        -- attributes
        hubspot_value_at(history.name, changed_at) as name,
        hubspot_domain(hubspot_value_at(history.domain, changed_at)) as domain,
        hubspot_lifecycle_stage(hubspot_value_at(history.lifecyclestage, changed_at))
            as lifecycle_stage,
        hubspot_value_at(history.industry, changed_at) as industry,
        hubspot_value_at(history.country, changed_at) as country,
        lower(hubspot_value_at(history.hs_analytics_source, changed_at)) as acquisition_channel,

        -- measures
        hubspot_value_at(history.numberofemployees, changed_at) as employee_count,

        -- times
        created_at
    from changes
)

select * from final
