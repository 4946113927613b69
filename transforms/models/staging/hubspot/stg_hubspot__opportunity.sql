-- Grain: one row per deal and reading of it.
-- Scope: company
with

opportunities as (
    select origin, hubspot_opportunity(hubspot_deal(payload)) as opportunity
    from raw.hubspot__deal
),

final as (
    select origin, unnest(opportunity)
    from opportunities
)

select * from final
