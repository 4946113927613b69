-- Grain: one row per product.
-- Days stand as month/day/year; one that does not is passed on as it is and refused by the
-- contract.
with

final as (
    select
        -- keys
        origin,
        'ms' as source,
        payload ->> '$.ProductID' as product_id,

        -- attributes
        payload ->> '$.ProductName' as name,
        payload ->> '$.CategoryName' as product_family,
        'goods' as product_type,

        -- flags
        payload ->> '$.ProductStatus' = 'active' as is_active,

        -- times
        coalesce(
            try_strptime(payload ->> '$.SellStartDate', '%m/%d/%Y')::date::varchar,
            payload ->> '$.SellStartDate'
        ) as launched_date,
        coalesce(
            try_strptime(payload ->> '$.SellEndDate', '%m/%d/%Y')::date::varchar,
            payload ->> '$.SellEndDate'
        ) as retired_date
    from raw.ms__product
)

select * from final
