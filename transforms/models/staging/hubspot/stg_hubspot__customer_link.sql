-- Grain: one row per company that is synchronised with an account of Salesforce, and reading of it.
-- Scope: company
with

companies as (
    select origin, hubspot_company(payload) as company
    from raw.hubspot__company
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        company.id as customer_id,
        'salesforce' as linked_source,
        company.properties.salesforceaccountid as linked_customer_id,

        -- attributes
        'crm_field' as link_method
    from companies
    where nullif(company.properties.salesforceaccountid, '') is not null
)

select * from final
