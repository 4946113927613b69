-- Grain: one row per customer and reading of it.
-- Scope: company
with

customers as (
    select origin, chargebee_customer(payload -> '$.customer') as customer
    from raw.chargebee__customer
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        customer.id as customer_id,
        origin.extracted_at as valid_from,
        customer.relationship.parent_id as parent_customer_id,

        -- attributes
        coalesce(
            nullif(customer.company, ''),
            chargebee_name(customer.first_name, customer.last_name)
        ) as name,
        customer.email as email,
        customer.billing_address.country as country,
        customer.locale as language,
        upper(customer.preferred_currency_code) as currency,

        -- times
        chargebee_instant(customer.created_at) as created_at
    from customers
)

select * from final
