-- Grain: one row per end user and reading of it.
-- Scope: company
with

users as (
    select origin, zendesk_user(payload) as person
    from raw.zendesk__user
),

-- A deleted user need not have the role any more that it had.
contacts as (
    select origin, person as contact
    from users
    where person.role = 'end-user' or origin.is_deleted
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        contact.id as contact_id,
        contact.organization_id as customer_id,

        -- attributes
        contact.name as name,
        contact.email as email,
        contact.phone as phone,
        contact.locale as language,
        contact.iana_time_zone as time_zone,

        -- times
        contact.created_at as created_at,
        contact.updated_at as updated_at
    from contacts
)

select * from final
