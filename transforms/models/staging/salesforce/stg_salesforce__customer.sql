-- Grain: one row per account and change that was read.
-- Scope: company
with

accounts as (
    select origin, salesforce_account(payload) as account
    from raw.salesforce__account
),

final as (
    select
        origin,
        -- keys
        'salesforce' as source,
        account.Id as customer_id,
        -- When the account changed last: since then it is as it was read.
        origin.updated_at as valid_from,
        account.ParentId as parent_customer_id,
        account.OwnerId as owner_employee_id,

        -- attributes
        account.Name as name,
        account.PersonEmail as email,
        case when account.IsPersonAccount is distinct from 'true' then web_domain(account.Website) end
            as domain,
        case when account.IsPersonAccount = 'true' then 'consumer' else 'business' end
            as customer_type,
        salesforce_lifecycle_stage(account.Type) as lifecycle_stage,
        account.Industry as industry,
        coalesce(account.BillingCountryCode, account.BillingCountry) as country,
        lower(account.AccountSource) as acquisition_channel,
        upper(account.CurrencyIsoCode) as currency,

        -- measures
        account.NumberOfEmployees as employee_count,

        -- times
        salesforce_instant(account.CreatedDate) as created_at
    from accounts
)

select * from final
