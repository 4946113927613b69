-- Grain: one row per transaction that moves money, and reading of it. Authorizations move none.
-- Scope: company
with

transactions as (
    select
        origin,
        json_transform(
            payload -> '$.transaction',
            '{
                "id": "VARCHAR", "customer_id": "VARCHAR", "type": "VARCHAR", "status": "VARCHAR",
                "payment_method": "VARCHAR", "error_code": "VARCHAR", "currency_code": "VARCHAR", "amount": "VARCHAR",
                "date": "VARCHAR", "refunded_txn_id": "VARCHAR", "reference_transaction_id": "VARCHAR",
                "linked_invoices": [{"invoice_id": "VARCHAR"}],
                "linked_credit_notes": [{"cn_reference_invoice_id": "VARCHAR"}]
            }'
        ) as movement
    from raw.chargebee__transaction
),

-- A refund names the invoice by the credit note that it pays out.
placed_transactions as (
    select
        origin,
        movement,
        list_distinct(
            list_concat(
                [link.invoice_id for link in movement.linked_invoices],
                [link.cn_reference_invoice_id for link in movement.linked_credit_notes]
            )
        ) as invoices
    from transactions
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        movement.id as payment_id,
        case
            when movement.type <> 'payment'
            then coalesce(movement.refunded_txn_id, movement.reference_transaction_id)
        end as refunded_payment_id,
        case when len(invoices) = 1 then invoices[1] end as invoice_id,
        movement.customer_id as customer_id,

        -- attributes
        case
            when movement.type = 'payment_reversal' then 'chargeback'
            else coalesce(movement.type, 'unknown')
        end as payment_type,
        case
            when movement.status = 'success' then 'succeeded'
            when movement.status in ('in_progress', 'needs_attention') then 'pending'
            when movement.status in ('failure', 'timeout', 'late_failure') then 'failed'
            when movement.status = 'voided' then 'canceled'
            else coalesce(movement.status, 'unknown')
        end as status,
        movement.payment_method as payment_method,
        movement.error_code as failure_reason,
        upper(movement.currency_code) as currency,

        -- measures
        chargebee_amount(movement.amount, movement.currency_code) as amount,

        -- times
        chargebee_instant(movement.date) as paid_at
    from placed_transactions
    where coalesce(movement.type, '') <> 'authorization'
)

select * from final
