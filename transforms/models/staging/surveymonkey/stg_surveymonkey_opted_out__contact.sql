-- Grain: one row per contact who does not want to be invited and reading of it.
-- Scope: company
with

contacts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "first_name": "VARCHAR", "last_name": "VARCHAR", "email": "VARCHAR",
                "phone_number": "VARCHAR"
            }'
        ) as contact
    from raw.surveymonkey__contact_opted_out
),

final as (
    select
        origin,
        -- keys
        'surveymonkey' as source,
        contact.id as contact_id,

        -- attributes
        nullif(trim(concat_ws(' ', contact.first_name, contact.last_name)), '') as name,
        nullif(contact.email, '') as email,
        nullif(contact.phone_number, '') as phone,

        -- flags
        true as is_opted_out
    from contacts
)

select * from final
