-- Grain: one row per refund and reading of it.
-- Scope: company
with

refunds as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "status": "VARCHAR", "currency": "VARCHAR", "amount": "VARCHAR", "created": "VARCHAR",
                "failure_reason": "VARCHAR", "charge": {"id": "VARCHAR", "customer": "VARCHAR"}
            }'
        ) as refund
    from raw.stripe__refund
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        refund.id as payment_id,
        refund.charge.id as refunded_payment_id,
        refund.charge.customer as customer_id,

        -- attributes
        'refund' as payment_type,
        case when refund.status = 'requires_action' then 'pending' else refund.status end as status,
        refund.failure_reason as failure_reason,
        upper(refund.currency) as currency,

        -- measures
        minor_to_major(refund.amount, refund.currency) as amount,

        -- times
        instant_of_seconds(refund.created) as paid_at
    from refunds
)

select * from final
