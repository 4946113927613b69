-- Grain: one row per company that was merged into another, and reading of that one.
-- Scope: company
with

companies as (
    select origin, hubspot_company(payload) as company
    from raw.hubspot__company
),

merges as (
    select
        origin,
        company.id as company_id,
        unnest(hubspot_ids(company.properties.hs_merged_object_ids)) as merged_company_id
    from companies
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        merged_company_id as from_customer_id,
        company_id as into_customer_id,

        -- attributes
        'duplicate' as merge_kind
    from merges
    where merged_company_id <> company_id
)

select * from final
