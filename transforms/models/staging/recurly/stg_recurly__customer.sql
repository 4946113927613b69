-- Grain: one row per account and reading of it.
-- Scope: company
with

accounts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "company": "VARCHAR", "first_name": "VARCHAR", "last_name": "VARCHAR", "email": "VARCHAR",
                "parent_account_id": "VARCHAR", "preferred_locale": "VARCHAR", "preferred_time_zone": "VARCHAR",
                "address": {"country": "VARCHAR"}, "billing_info": {"address": {"country": "VARCHAR"}}, "created_at": "VARCHAR"
            }'
        ) as account
    from raw.recurly__account
),

final as (
    select
        origin,
        -- keys
        'recurly' as source,
        account.id as customer_id,
        origin.extracted_at as valid_from,
        account.parent_account_id as parent_customer_id,

        -- attributes
        coalesce(
            nullif(account.company, ''),
            nullif(trim(concat_ws(' ', account.first_name, account.last_name)), '')
        ) as name,
        account.email as email,
        upper(coalesce(account.address.country, account.billing_info.address.country)) as country,
        account.preferred_locale as language,
        account.preferred_time_zone as time_zone,

        -- times
        recurly_instant(account.created_at) as created_at
    from accounts
)

select * from final
