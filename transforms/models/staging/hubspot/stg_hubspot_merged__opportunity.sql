-- Grain: one row per deal that was merged into another, so never counts, and reading of that.
-- Scope: company
with

deals as (
    select origin, hubspot_deal(payload) as deal
    from raw.hubspot__deal
),

merges as (
    select
        origin,
        deal,
        unnest(hubspot_ids(deal.properties.hs_merged_object_ids)) as merged_deal_id
    from deals
),

final as (
    select
        origin,
        -- keys
        'hubspot' as source,
        merged_deal_id as opportunity_id,
        deal.properties.hs_primary_associated_company as customer_id,

        -- attributes
        deal.properties.dealname as name,

        -- times
        hubspot_instant(deal.createdAt) as created_at,
        hubspot_instant(deal.createdAt) as deleted_at
    from merges
    where merged_deal_id <> deal.id
)

select * from final
