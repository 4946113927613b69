-- Grain: one row per owner that was deactivated or removed, since then.
-- Scope: company
with

owners as (
    select origin, hubspot_owner(payload) as owner
    from raw.hubspot__owner_archived
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        owner.id as employee_id,
        hubspot_instant(owner.updatedAt) as valid_from,

        -- attributes
        hubspot_name(owner.firstName, owner.lastName) as name,
        owner.email as email,
        hubspot_team(owner.teams) as team,

        -- flags
        false as is_active
    from owners
    -- A queue holds tickets and is nobody.
    where owner.type is distinct from 'QUEUE'
)

select * from final
