-- Grain: one row per person and reading of them.
-- Scope: company
with

people as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "email": "VARCHAR", "phone_number": "VARCHAR",
                "created_at": "VARCHAR", "last_sent_at": "VARCHAR", "last_responded_at": "VARCHAR"
            }'
        ) as person
    from raw.delighted__person
),

-- Nobody is sent anything after unsubscribing, so the later record says whether a person takes
-- part.
final as (
    select
        origin,
        -- keys
        'delighted' as source,
        person.id as contact_id,

        -- attributes
        nullif(person.name, '') as name,
        nullif(person.email, '') as email,
        nullif(person.phone_number, '') as phone,

        -- times
        instant_of_seconds(person.created_at) as created_at,
        greatest(
            instant_of_seconds(person.created_at), instant_of_seconds(person.last_sent_at)
        ) as updated_at
    from people
)

select * from final
