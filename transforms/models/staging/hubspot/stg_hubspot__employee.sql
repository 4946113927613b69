-- Grain: one row per owner and reading of it: teams change without a trace.
-- Scope: company
with

owners as (
    select origin, hubspot_owner(payload) as owner
    from raw.hubspot__owner
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        owner.id as employee_id,
        origin.extracted_at as valid_from,

        -- attributes
        hubspot_name(owner.firstName, owner.lastName) as name,
        owner.email as email,
        hubspot_team(owner.teams) as team,

        -- flags
        true as is_active
    from owners
    -- A queue holds tickets and is nobody.
    where owner.type is distinct from 'QUEUE'
)

select * from final
