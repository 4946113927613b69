-- Grain: one row per contact that was merged into another, the same person, and reading of that.
-- Scope: company
with

contacts as (
    select origin, hubspot_contact(payload) as contact
    from raw.hubspot__contact
),

merges as (
    select
        origin,
        contact,
        unnest(hubspot_ids(contact.properties.hs_merged_object_ids)) as merged_contact_id
    from contacts
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        merged_contact_id as contact_id,
        contact.properties.associatedcompanyid as customer_id,

        -- attributes
        hubspot_name(contact.properties.firstname, contact.properties.lastname) as name,

        -- flags
        false as is_active,

        -- times
        hubspot_instant(contact.createdAt) as created_at
    from merges
    where merged_contact_id <> contact.id
)

select * from final
