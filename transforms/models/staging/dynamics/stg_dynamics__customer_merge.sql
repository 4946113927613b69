-- Grain: one row per account that was merged into another, and reading of it.
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
        account.accountid as from_customer_id,
        account._masterid_value as into_customer_id,

        -- attributes
        'duplicate' as merge_kind
    from accounts
    where account.merged and account._masterid_value is not null
)

select * from final
