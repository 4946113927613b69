-- Grain: one row per product and reading of it.
-- Scope: company
with

products as (
    select origin, stripe_product(payload) as product
    from raw.stripe__product
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        product.id as product_id,

        -- attributes
        product.name as name,

        -- flags
        product.active as is_active,

        -- times
        day_of_seconds(product.created) as launched_date
    from products
)

select * from final
