-- Grain: one row per account that a customer has in one of the ordering systems.
with

final as (
    select
        -- keys
        origin,
        'ms' as source,
        payload ->> '$.CustomerId' as customer_id,
        'ms_' || lower(payload ->> '$.CustomerAccountName') as linked_source,
        payload ->> '$.CustomerAccountId' as linked_customer_id,

        -- attributes
        'crm_field' as link_method
    from raw.ms__customer_account
)

select * from final
