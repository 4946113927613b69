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
        product.metadata.product_family as product_family,
        product.metadata.product_type as product_type,

        -- flags
        product.active as is_active,

        -- measures
        product.metadata.gross_margin_rate as gross_margin_rate,

        -- times
        day_of_seconds(product.created) as launched_date
    from products
)

select * from final
