-- Grain: one row per deletion of a contact.
-- Scope: company
with

deletions as (
    select origin, dynamics_deletion(payload) as deletion
    from raw.dynamics__deletion
),

final as (
    select
        dynamics_tombstone(origin, 'dynamics.contact', deletion._objectid_value) as origin,
        -- keys
        'dynamics' as source,
        deletion._objectid_value as contact_id
    from deletions
    where deletion.objecttypecode = 'contact'
)

select * from final
