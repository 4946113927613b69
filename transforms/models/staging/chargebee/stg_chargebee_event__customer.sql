-- Grain: one row per change of a customer.
-- Scope: company
with

events as (
    select origin, chargebee_event(payload) as event
    from raw.chargebee__event
),

changes as (
    select
        origin,
        event.event_type as change,
        chargebee_instant(event.occurred_at) as changed_at,
        chargebee_customer(event.content.customer) as customer
    from events
    where starts_with(event.event_type, 'customer_') and event.content.customer is not null
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        customer.id as customer_id,
        changed_at as valid_from,
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
        chargebee_instant(customer.created_at) as created_at,
        changed_at as updated_at,
        case when change = 'customer_deleted' then changed_at end as deleted_at
    from changes
)

select * from final
