-- Grain: one row per contact and reading of it.
-- Scope: company
with

people as (
    select origin, hubspot_person(hubspot_contact(payload)) as person
    from raw.hubspot__contact
),

final as (
    select origin, unnest(person)
    from people
)

select * from final
