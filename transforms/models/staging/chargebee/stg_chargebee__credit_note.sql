-- Grain: one row per line of a credit note and reading of it.
-- Scope: company
with

credit_notes as (
    select
        origin,
        json_transform(
            payload -> '$.credit_note',
            '{
                "id": "VARCHAR", "customer_id": "VARCHAR", "reference_invoice_id": "VARCHAR", "type": "VARCHAR",
                "status": "VARCHAR", "reason_code": "VARCHAR", "create_reason_code": "VARCHAR", "price_type": "VARCHAR",
                "currency_code": "VARCHAR", "date": "VARCHAR",
                "linked_refunds": [{"txn_id": "VARCHAR", "txn_status": "VARCHAR"}],
                "line_items": [{
                    "amount": "VARCHAR", "discount_amount": "VARCHAR", "tax_amount": "VARCHAR",
                    "reference_line_item_id": "VARCHAR"
                }]
            }'
        ) as credit_note
    from raw.chargebee__credit_note
),

lines as (
    select
        origin,
        credit_note,
        list_filter(
            credit_note.linked_refunds,
            lambda refund: coalesce(refund.txn_status, '') not in (
                'failure', 'late_failure', 'timeout', 'voided'
            )
        ) as refunds,
        unnest(credit_note.line_items) as line,
        unnest(generate_series(1, len(credit_note.line_items))) as line_number
    from credit_notes
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        credit_note.id as credit_note_id,
        line_number,
        credit_note.reference_invoice_id as invoice_id,
        line.reference_line_item_id as invoice_line_id,
        credit_note.customer_id as customer_id,
        refunds[1].txn_id as payment_id,

        -- attributes
        case
            when credit_note.status = 'voided' then 'void'
            when credit_note.status in ('adjusted', 'refunded', 'refund_due') then 'issued'
            else coalesce(credit_note.status, 'unknown')
        end as credit_note_status,
        case
            when credit_note.type = 'adjustment' then 'invoice'
            when len(refunds) > 0 then 'refund'
            when credit_note.type in ('refundable', 'store') then 'balance'
            else coalesce(credit_note.type, 'unknown')
        end as settlement,
        coalesce(credit_note.create_reason_code, credit_note.reason_code) as reason,
        upper(credit_note.currency_code) as currency,

        -- measures
        chargebee_net_amount(line, credit_note.price_type, credit_note.currency_code) as amount,
        coalesce(chargebee_amount(line.tax_amount, credit_note.currency_code), 0) as tax_amount,

        -- times
        chargebee_day(credit_note.date) as credit_note_date
    from lines
)

select * from final
