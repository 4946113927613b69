-- Grain: one row per account and change that was read.
-- Scope: company
with

accounts as (
    select origin, dynamics_account(payload) as account
    from raw.dynamics__account
),

final as (
    select
        origin,
        -- keys
        'dynamics' as source,
        account.accountid as customer_id,
        -- When the account changed last: since then it is as it was read.
        origin.updated_at as valid_from,
        account._parentaccountid_value as parent_customer_id,
        account._owninguser_value as owner_employee_id,

        -- attributes
        account.name as name,
        account.emailaddress1 as email,
        web_domain(account.websiteurl) as domain,
        -- The other relationships, such as partner and supplier, are no stages.
        case account.customertypecode when '3' then 'active' when '8' then 'prospect' end
            as lifecycle_stage,
        account."industrycode@OData.Community.Display.V1.FormattedValue" as industry,
        account.address1_country as country,
        account."_territoryid_value@OData.Community.Display.V1.FormattedValue" as region,
        upper(account.transactioncurrencyid.isocurrencycode) as currency,

        -- measures
        account.numberofemployees as employee_count,

        -- times
        account.createdon as created_at
    from accounts
)

select * from final
