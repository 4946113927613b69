-- Grain: one row per customer and reading of it.
-- Scope: company
with

customers as (
    select origin, stripe_customer(payload) as customer
    from raw.stripe__customer
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        customer.id as customer_id,
        origin.extracted_at as valid_from,

        -- attributes
        customer.name as name,
        customer.email as email,
        customer.address.country as country,
        customer.preferred_locales[1] as language,
        upper(customer.currency) as currency,

        -- flags
        not customer.livemode as is_test,

        -- times
        instant_of_seconds(customer.created) as created_at
    from customers
)

select * from final
