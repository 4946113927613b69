-- Grain: one row per account that was merged into another, and reading of it.
-- Scope: company
with

accounts as (
    select origin, salesforce_account(payload) as account
    from raw.salesforce__account
),

final as (
    select
        salesforce_merge_origin(origin) as origin,
        -- keys
        'salesforce' as source,
        account.Id as from_customer_id,
        account.MasterRecordId as into_customer_id,

        -- attributes
        'duplicate' as merge_kind
    from accounts
    where account.MasterRecordId is not null
)

select * from final
