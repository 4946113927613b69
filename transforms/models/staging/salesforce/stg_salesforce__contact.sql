-- Grain: one row per contact and reading of it.
-- Scope: company
with

contacts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "Id": "VARCHAR", "AccountId": "VARCHAR", "Name": "VARCHAR", "Email": "VARCHAR", "Phone": "VARCHAR",
                "MobilePhone": "VARCHAR", "Title": "VARCHAR", "HasOptedOutOfEmail": "VARCHAR", "CreatedDate": "VARCHAR"
            }'
        ) as contact
    from raw.salesforce__contact
),

final as (
    select
        origin,
        -- keys
        'salesforce' as source,
        contact.Id as contact_id,
        contact.AccountId as customer_id,

        -- attributes
        contact.Name as name,
        contact.Email as email,
        coalesce(contact.Phone, contact.MobilePhone) as phone,
        contact.Title as job_title,

        -- flags
        coalesce(contact.HasOptedOutOfEmail = 'true', false) as is_opted_out,

        -- times
        salesforce_instant(contact.CreatedDate) as created_at
    from contacts
)

select * from final
