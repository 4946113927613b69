-- Grain: one row per deal that was deleted, as it was then.
-- Scope: company
with

deals as (
    select origin, hubspot_deal(payload) as deal
    from raw.hubspot__deal_archived
),

final as (
    select
        origin,
        unnest(hubspot_opportunity(deal)),
        hubspot_instant(deal.archivedAt) as deleted_at
    from deals
)

select * from final
