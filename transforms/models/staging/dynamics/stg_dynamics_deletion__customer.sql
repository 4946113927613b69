-- Grain: one row per deletion of an account.
-- Scope: company
with

deletions as (
    select origin, dynamics_deletion(payload) as deletion
    from raw.dynamics__deletion
),

final as (
    select
        dynamics_tombstone(origin, 'dynamics.account', deletion._objectid_value) as origin,
        -- keys
        'dynamics' as source,
        deletion._objectid_value as customer_id
    from deletions
    where deletion.objecttypecode = 'account'
)

select * from final
