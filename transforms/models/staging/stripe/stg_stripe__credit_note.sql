-- Grain: one row per line of a credit note and reading of it.
-- Scope: company
with

credit_notes as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "invoice": "VARCHAR", "customer": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR",
                "currency": "VARCHAR", "created": "VARCHAR", "effective_at": "VARCHAR", "type": "VARCHAR",
                "customer_balance_transaction": "VARCHAR", "out_of_band_amount": "VARCHAR",
                "refunds": [{"refund": "VARCHAR"}],
                "lines": {"data": [{
                    "invoice_line_item": "VARCHAR", "amount": "VARCHAR", "discount_amount": "VARCHAR",
                    "taxes": [{"amount": "VARCHAR", "tax_behavior": "VARCHAR"}]
                }]}
            }'
        ) as credit_note
    from raw.stripe__credit_note
),

lines as (
    select
        origin,
        credit_note,
        unnest(credit_note.lines.data) as line,
        unnest(generate_series(1, len(credit_note.lines.data))) as line_number
    from credit_notes
),

final as (
    select
        origin,
        -- keys
        'stripe' as source,
        credit_note.id as credit_note_id,
        line_number,
        credit_note.invoice as invoice_id,
        line.invoice_line_item as invoice_line_id,
        credit_note.customer as customer_id,
        credit_note.refunds[1].refund as payment_id,

        -- attributes
        credit_note.status as credit_note_status,
        case
            when credit_note.type = 'pre_payment' then 'invoice'
            when len(credit_note.refunds) > 0 then 'refund'
            when credit_note.customer_balance_transaction is not null then 'balance'
            when try_cast(credit_note.out_of_band_amount as bigint) > 0 then 'outside'
            else 'invoice'
        end as settlement,
        credit_note.reason as reason,
        upper(credit_note.currency) as currency,

        -- measures
        minor_to_major(
            try_cast(line.amount as decimal(30, 0))
            - coalesce(try_cast(line.discount_amount as decimal(30, 0)), 0)
            - stripe_sum(list_filter(line.taxes, lambda tax: tax.tax_behavior = 'inclusive')),
            credit_note.currency
        ) as amount,
        minor_to_major(stripe_sum(line.taxes), credit_note.currency) as tax_amount,

        -- times
        day_of_seconds(coalesce(credit_note.effective_at, credit_note.created)) as credit_note_date
    from lines
)

select * from final
