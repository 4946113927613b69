-- Grain: one row per person who does not want to be surveyed any more.
-- Scope: company
with

unsubscribes as (
    select
        origin,
        json_transform(
            payload,
            '{"person_id": "VARCHAR", "name": "VARCHAR", "email": "VARCHAR", "unsubscribed_at": "VARCHAR"}'
        ) as unsubscribe
    from raw.delighted__unsubscribe
),

final as (
    select
        origin,
        -- keys
        'delighted' as source,
        unsubscribe.person_id as contact_id,

        -- attributes
        nullif(unsubscribe.name, '') as name,
        nullif(unsubscribe.email, '') as email,

        -- flags
        true as is_opted_out,

        -- times
        instant_of_seconds(unsubscribe.unsubscribed_at) as updated_at
    from unsubscribes
)

select * from final
