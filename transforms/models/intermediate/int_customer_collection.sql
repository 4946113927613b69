-- Grain: one row per customer and day on which money was collected from it or given back.
-- Scope: company
-- Decisions: "Historic lifetime value", "Acquisitions". Test customers are left out.
with

identities as (
    select * from int_customer_identity
),

paying_customers as (
    select * from int_customer_folded
    where not is_test
),

holders as (
    select *
    from int_customer_holder
    where not is_before_merge
),

rates as (
    select * from int_currency_month
),

-- Money that moved before as_of, without tax. A record that was deleted later stays counted.
payments as (
    select
        source,
        customer_id,
        payment_type <> 'payment' as is_given_back,
        currency as native_currency,
        amount - tax_amount as amount_native,
        fee_amount as fee_amount_native,
        cast(local_time(paid_at) as date) as collected_on
    from payment
    where status = 'succeeded'
        and local_time(paid_at) < getvariable('as_of')
        and coalesce(deleted_at > paid_at, true)
),

-- What became of other credit notes is in what was paid, or not paid, or in a refund.
credits_paid_outside as (
    select
        source,
        customer_id,
        true as is_given_back,
        currency as native_currency,
        amount as amount_native,
        0 as fee_amount_native,
        credit_note_date as collected_on
    from credit_note
    where settlement = 'outside'
        and credit_note_status = 'issued'
        and credit_note_date < getvariable('as_of')
        and coalesce(cast(local_time(deleted_at) as date) > credit_note_date, true)
),

movements as (
    select * from payments
    union all by name
    select * from credits_paid_outside
),

held_movements as (
    select
        movements.*,
        coalesce(holders.customer_key, identities.own_customer_key) as customer_key
    from movements
    left join identities
        on movements.source = identities.source
        and movements.customer_id = identities.customer_id
    inner join paying_customers -- what tests paid does not count
        on identities.own_customer_key = paying_customers.customer_key
    left join holders
        on identities.own_customer_key = holders.own_customer_key
        and month_number(movements.collected_on) >= coalesce(holders.merged_in_month, 0)
        and month_number(movements.collected_on) < coalesce(holders.merged_out_month, 1000000)
),

valued_movements as (
    select
        held_movements.*,
        in_reporting_currency(
            held_movements.amount_native,
            held_movements.native_currency,
            rates.rate,
            rates.rate_date
        ) as amount,
        in_reporting_currency(
            held_movements.fee_amount_native,
            held_movements.native_currency,
            rates.rate,
            rates.rate_date
        ) as fee_amount
    from held_movements
    left join rates
        on held_movements.native_currency = rates.native_currency
        and month_number(held_movements.collected_on) = rates.measured_in_month
),

sums as (
    select
        customer_key,
        collected_on,
        count(*) as movement_count,
        sum(amount) filter (not is_given_back) as collected_amount,
        sum(amount) filter (is_given_back) as refunded_amount,
        sum(fee_amount) as fee_amount
    from valued_movements
    group by all
),

final as (
    select
        customer_key,
        collected_on,
        movement_count,
        cast(coalesce(collected_amount, 0) as decimal(18, 4)) as collected_amount,
        cast(coalesce(refunded_amount, 0) as decimal(18, 4)) as refunded_amount,
        cast(fee_amount as decimal(18, 4)) as fee_amount
    from sums
)

select * from final
