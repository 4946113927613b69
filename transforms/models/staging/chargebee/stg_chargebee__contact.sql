-- Grain: one row per contact of a customer and reading of it.
-- Scope: company
with

customers as (
    select origin, chargebee_customer(payload -> '$.customer') as customer
    from raw.chargebee__customer
),

contacts as (
    select origin, customer, unnest(customer.contacts) as contact
    from customers
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        contact.id as contact_id,
        customer.id as customer_id,

        -- attributes
        chargebee_name(contact.first_name, contact.last_name) as name,
        contact.email as email,
        contact.phone as phone,
        contact.label as role,

        -- flags
        contact.enabled as is_active,

        -- times
        chargebee_instant(customer.updated_at) as updated_at
    from contacts
)

select * from final
