-- Grain: one row per company that was deleted, as it was then.
-- Scope: company
with

companies as (
    select origin, hubspot_company(payload) as company
    from raw.hubspot__company_archived
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        company.id as customer_id,
        hubspot_instant(company.archivedAt) as valid_from,
        company.properties.hs_parent_company_id as parent_customer_id,
        company.properties.hubspot_owner_id as owner_employee_id,

        -- attributes
        company.properties.name as name,
        hubspot_domain(company.properties.domain) as domain,
        hubspot_lifecycle_stage(company.properties.lifecyclestage) as lifecycle_stage,
        company.properties.industry as industry,
        company.properties.country as country,
        lower(company.properties.hs_analytics_source) as acquisition_channel,

        -- measures
        company.properties.numberofemployees as employee_count,

        -- times
        hubspot_instant(company.createdAt) as created_at,
        hubspot_instant(company.archivedAt) as deleted_at
    from companies
)

select * from final
