-- Grain: one row per user or lead and reading of it.
-- Scope: company
with

contacts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "email": "VARCHAR", "phone": "VARCHAR", "language_override": "VARCHAR",
                "browser_language": "VARCHAR", "unsubscribed_from_emails": "BOOLEAN", "created_at": "VARCHAR",
                "updated_at": "VARCHAR", "companies": {"data": [{"id": "VARCHAR"}]}
            }'
        ) as contact
    from raw.intercom__contact
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        contact.id as contact_id,
        -- Of several companies none is said to be the person's own.
        case when len(contact.companies.data) = 1 then contact.companies.data[1].id end
            as customer_id,

        -- attributes
        contact.name as name,
        contact.email as email,
        contact.phone as phone,
        coalesce(contact.language_override, contact.browser_language) as language,

        -- flags
        coalesce(contact.unsubscribed_from_emails, false) as is_opted_out,

        -- times
        instant_of_seconds(contact.created_at) as created_at,
        instant_of_seconds(contact.updated_at) as updated_at
    from contacts
)

select * from final
