-- Grain: one row per deletion of an opportunity.
-- Scope: company
with

deletions as (
    select origin, dynamics_deletion(payload) as deletion
    from raw.dynamics__deletion
),

final as (
    select
        dynamics_tombstone(origin, 'dynamics.opportunity', deletion._objectid_value) as origin,
        -- keys
        'dynamics' as source,
        deletion._objectid_value as opportunity_id
    from deletions
    where deletion.objecttypecode = 'opportunity'
)

select * from final
