-- Grain: one row per transaction that moves money, and reading of it.
-- Scope: company
with

transactions as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "original_transaction_id": "VARCHAR", "account": {"id": "VARCHAR"},
                "invoice": {"id": "VARCHAR"}, "type": "VARCHAR", "origin": "VARCHAR", "status": "VARCHAR",
                "status_code": "VARCHAR", "payment_method": {"object": "VARCHAR"},
                "currency": "VARCHAR", "amount": "VARCHAR", "created_at": "VARCHAR", "collected_at": "VARCHAR"
            }'
        ) as movement
    from raw.recurly__transaction
),

final as (
    select
        origin,
        -- keys
        'recurly' as source,
        movement.id as payment_id,
        movement.original_transaction_id as refunded_payment_id,
        movement.invoice.id as invoice_id,
        movement.account.id as customer_id,

        -- attributes
        case
            when movement.type in ('purchase', 'capture') then 'payment'
            when movement.type = 'refund'
                and (movement.origin = 'chargeback' or movement.status = 'chargeback')
            then 'chargeback'
            else coalesce(movement.type, 'unknown')
        end as payment_type,
        case
            when movement.status in ('success', 'chargeback') then 'succeeded'
            when movement.status in ('pending', 'processing', 'scheduled') then 'pending'
            when movement.status in ('declined', 'error') then 'failed'
            when movement.status = 'void' then 'canceled'
            else coalesce(movement.status, 'unknown')
        end as status,
        movement.payment_method.object as payment_method,
        case when movement.status in ('declined', 'error') then movement.status_code end
            as failure_reason,
        upper(movement.currency) as currency,

        -- measures
        abs(recurly_amount(movement.amount)) as amount,

        -- times
        recurly_instant(coalesce(movement.collected_at, movement.created_at)) as paid_at
    from transactions
    where coalesce(movement.type, '') not in ('authorization', 'verify')
)

select * from final
