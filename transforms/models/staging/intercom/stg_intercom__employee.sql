-- Grain: one row per teammate and reading of it.
-- Scope: company
with

admins as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "email": "VARCHAR", "job_title": "VARCHAR", "team_ids": ["VARCHAR"]
            }'
        ) as admin
    from raw.intercom__admin
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        admin.id as employee_id,
        origin.extracted_at as valid_from,

        -- attributes
        admin.name as name,
        admin.email as email,
        admin.team_ids[1] as team,
        admin.job_title as role
    from admins
)

select * from final
