-- Grain: one row per contact of the directory and reading of it.
-- Scope: company
with

contacts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "contactId": "VARCHAR", "firstName": "VARCHAR", "lastName": "VARCHAR", "email": "VARCHAR",
                "phone": "VARCHAR", "language": "VARCHAR", "unsubscribed": "BOOLEAN"
            }'
        ) as contact
    from raw.qualtrics__contact
),

final as (
    select
        origin,
        -- keys
        'qualtrics' as source,
        contact.contactId as contact_id,

        -- attributes
        nullif(trim(concat_ws(' ', contact.firstName, contact.lastName)), '') as name,
        nullif(contact.email, '') as email,
        nullif(contact.phone, '') as phone,
        qualtrics_language(contact.language) as language,

        -- flags
        coalesce(contact.unsubscribed, false) as is_opted_out
    from contacts
)

select * from final
