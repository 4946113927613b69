-- Grain: one row per contact that was deleted, as it was then.
-- Scope: company
with

contacts as (
    select origin, hubspot_contact(payload) as contact
    from raw.hubspot__contact_archived
),

final as (
    select
        origin,
        unnest(hubspot_person(contact)),
        hubspot_instant(contact.archivedAt) as deleted_at
    from contacts
)

select * from final
