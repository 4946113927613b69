-- Grain: one row per dispute and reading of it. Inquiries move no money, and what was won came back.
-- Scope: company
with

disputes as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "status": "VARCHAR", "currency": "VARCHAR", "amount": "VARCHAR", "created": "VARCHAR",
                "reason": "VARCHAR", "charge": {"id": "VARCHAR", "customer": "VARCHAR"}
            }'
        ) as dispute
    from raw.stripe__dispute
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        dispute.id as payment_id,
        dispute.charge.id as refunded_payment_id,
        dispute.charge.customer as customer_id,

        -- attributes
        'chargeback' as payment_type,
        case
            when dispute.status in ('needs_response', 'under_review', 'lost') then 'succeeded'
            else 'canceled'
        end as status,
        dispute.reason as failure_reason,
        upper(dispute.currency) as currency,

        -- measures
        minor_to_major(dispute.amount, dispute.currency) as amount,

        -- times
        instant_of_seconds(dispute.created) as paid_at
    from disputes
)

select * from final
