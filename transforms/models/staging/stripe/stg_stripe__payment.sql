-- Grain: one row per charge and reading of it.
-- Scope: company
with

charges as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "customer": "VARCHAR", "status": "VARCHAR", "captured": "BOOLEAN", "currency": "VARCHAR",
                "amount": "VARCHAR", "amount_captured": "VARCHAR", "created": "VARCHAR", "failure_code": "VARCHAR",
                "payment_method_details": {"type": "VARCHAR"}
            }'
        ) as charge
    from raw.stripe__charge
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        charge.id as payment_id,
        charge.customer as customer_id,

        -- attributes
        'payment' as payment_type,
        case when charge.status = 'succeeded' and not charge.captured then 'pending' else charge.status end
            as status,
        charge.payment_method_details.type as payment_method,
        charge.failure_code as failure_reason,
        upper(charge.currency) as currency,

        -- measures
        minor_to_major(
            case
                when charge.status = 'succeeded' and charge.captured then charge.amount_captured
                else charge.amount
            end,
            charge.currency
        ) as amount,

        -- times
        instant_of_seconds(charge.created) as paid_at
    from charges
)

select * from final
