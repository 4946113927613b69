-- Grain: one row per payment.
-- Amounts hold tax that is not stated; the currency is not stated either: all orders and accounts
-- are in USD.
with

final as (
    select
        -- keys
        origin,
        'ms' as source,
        payload ->> '$.PaymentId' as payment_id,
        payload ->> '$.InvoiceId' as invoice_id,
        payload ->> '$.CustomerId' as customer_id,

        -- attributes
        case payload ->> '$.PaymentStatus'
            when 'Completed' then 'succeeded'
            else lower(payload ->> '$.PaymentStatus')
        end as status,
        if(payload ->> '$.PaymentMethod' = 'PayPal', 'paypal', 'card') as payment_method,
        'USD' as currency,

        -- measures
        payload ->> '$.PaymentAmount' as amount,

        -- times
        payload ->> '$.PaymentDate' as paid_at
    from raw.ms__payment
)

select * from final
