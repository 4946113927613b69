-- Grain: one row per company and change that was read.
-- Scope: company
with

companies as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "website": "VARCHAR", "industry": "VARCHAR", "size": "VARCHAR",
                "remote_created_at": "VARCHAR", "created_at": "VARCHAR", "updated_at": "VARCHAR"
            }'
        ) as company
    from raw.intercom__company
),

final as (
    select
        origin,
        -- keys
        'intercom' as source,
        company.id as customer_id,
        -- When the company changed last: since then it is as it was read.
        origin.updated_at as valid_from,

        -- attributes
        company.name as name,
        nullif(
            regexp_extract(
                lower(company.website), '^\s*(?:[a-z]+://)?(?:www\.)?([^/:?#\s]+)', 1
            ),
            ''
        ) as domain,
        nullif(company.industry, '') as industry,

        -- measures
        company.size as employee_count,

        -- times
        instant_of_seconds(coalesce(company.remote_created_at, company.created_at)) as created_at,
        instant_of_seconds(company.updated_at) as updated_at
    from companies
)

select * from final
