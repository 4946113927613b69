-- Grain: one row per change of a customer.
-- Scope: company
with

events as (
    select origin, stripe_event(payload) as event
    from raw.stripe__event
),

changes as (
    select
        origin,
        event.type as change,
        instant_of_seconds(event.created) as changed_at,
        stripe_customer(event.data.object) as customer
    from events
    where event.type in ('customer.created', 'customer.updated', 'customer.deleted')
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        customer.id as customer_id,
        changed_at as valid_from,

        -- attributes
        customer.name as name,
        customer.email as email,
        customer.address.country as country,
        customer.preferred_locales[1] as language,
        upper(customer.currency) as currency,

        -- flags
        not customer.livemode as is_test,

        -- times
        instant_of_seconds(customer.created) as created_at,
        changed_at as updated_at,
        case when change = 'customer.deleted' then changed_at end as deleted_at
    from changes
)

select * from final
