-- Grain: one row per organization and change that was read.
-- Scope: company
with

organizations as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "domain_names": ["VARCHAR"], "created_at": "VARCHAR",
                "updated_at": "VARCHAR"
            }'
        ) as organization
    from raw.zendesk__organization
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        organization.id as customer_id,
        -- When the organization changed last: since then it is as it was read.
        origin.updated_at as valid_from,

        -- attributes
        organization.name as name,
        regexp_replace(lower(organization.domain_names[1]), '^www\.', '') as domain,

        -- times
        organization.created_at as created_at,
        organization.updated_at as updated_at
    from organizations
)

select * from final
