-- Grain: one row per product that a source lists, or that anything recorded names.
-- Scope: company
-- Decisions: "Products, plans and employees nobody lists".
with

listed_products as (
    select * from product
),

mentions as (
    select source, product_id from plan group by all
    union all
    select source, product_id from subscription_item group by all
    union all
    select source, product_id from invoice_line group by all
    union all
    select source, product_id from contract_term group by all
    union all
    select source, product_id from credit_note group by all
    union all
    select source, product_id from service_delivery group by all
    union all
    select source, product_id from opportunity group by all
    union all
    select source, product_id from onboarding_milestone group by all
    union all
    select source, product_id from survey_invitation group by all
    union all
    select source, product_id from survey_response group by all
    union all
    select source, product_id from ticket group by all
    union all
    select source, product_id from usage_day where product_id <> 'all' group by all
),

unlisted_products as (
    select
        mentions.source,
        mentions.product_id
    from mentions
    anti join listed_products
        on mentions.source = listed_products.source
        and mentions.product_id = listed_products.product_id
    where mentions.product_id is not null
    group by all
),

products as (
    select
        *,
        true as is_listed
    from listed_products
    union all by name
    select
        *,
        false as is_listed
    from unlisted_products
),

final as (
    select
        -- keys
        source || ':' || product_id as product_key,

        -- attributes
        coalesce(name, product_id) as name,
        coalesce(product_family, source || ':' || product_id) as product_family,
        product_type,

        -- flags
        is_listed,
        coalesce(is_active, false)
        and coalesce(retired_date >= getvariable('as_of'), true)
        and coalesce(local_time(deleted_at) >= getvariable('as_of'), true) as is_active,
        coalesce(local_time(deleted_at) < getvariable('as_of'), false) as is_deleted,

        -- measures
        gross_margin_rate,

        -- times
        launched_date,
        retired_date,
        cast(local_time(deleted_at) as date) as deleted_date
    from products
)

select * from final
