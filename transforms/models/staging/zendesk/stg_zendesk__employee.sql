-- Grain: one row per agent and change that was read.
-- Scope: company
with

users as (
    select origin, zendesk_user(payload) as person
    from raw.zendesk__user
),

-- An agent is made an end user before it is deleted.
agents as (
    select origin, person as agent
    from users
    where person.role <> 'end-user' or origin.is_deleted
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        agent.id as employee_id,
        -- When the user changed last: since then it is as it was read.
        origin.updated_at as valid_from,

        -- attributes
        agent.name as name,
        agent.email as email,
        agent.default_group_id as team,
        case agent.role
            when 'agent' then 'support_agent'
            when 'admin' then 'administrator'
            else agent.role
        end as role,
        agent.iana_time_zone as time_zone,

        -- flags
        not coalesce(agent.suspended, false) as is_active,

        -- times
        agent.updated_at as updated_at
    from agents
)

select * from final
