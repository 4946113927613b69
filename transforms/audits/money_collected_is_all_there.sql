-- Every movement of money that counts is in the lifetime values once, and they add up to what was collected.
with

counted_records as (
    select
        payment.source,
        payment.customer_id
    from payment
    where payment.status = 'succeeded'
        and local_time(payment.paid_at) < getvariable('as_of')
        and coalesce(payment.deleted_at > payment.paid_at, true)
    union all
    select
        credit_note.source,
        credit_note.customer_id
    from credit_note
    where credit_note.settlement = 'outside'
        and credit_note.credit_note_status = 'issued'
        and credit_note.credit_note_date < getvariable('as_of')
        and coalesce(
            cast(local_time(credit_note.deleted_at) as date) > credit_note.credit_note_date, true
        )
),

test_records as (
    select
        int_customer_identity.source,
        int_customer_identity.customer_id
    from int_customer_identity
    inner join int_customer_folded
        on int_customer_identity.own_customer_key = int_customer_folded.customer_key
    where int_customer_folded.is_test
),

sides as (
    select
        count(*) as record_count,
        0 as movement_count,
        0 as collected_amount,
        0 as published_amount
    from counted_records
    anti join test_records
        on counted_records.source = test_records.source
        and counted_records.customer_id = test_records.customer_id
    union all
    select
        0,
        sum(movement_count),
        sum(collected_amount - refunded_amount - fee_amount),
        0
    from int_customer_collection
    union all
    select
        0,
        0,
        0,
        sum(historic_amount + work_cost_amount)
    from fct_customer_lifetime_value
),

sums as (
    select
        coalesce(sum(record_count), 0) as record_count,
        coalesce(sum(movement_count), 0) as movement_count,
        coalesce(sum(collected_amount), 0) as collected_amount,
        coalesce(sum(published_amount), 0) as published_amount
    from sides
),

final as (
    select
        cast(record_count as bigint) as record_count,
        cast(movement_count as bigint) as movement_count,
        cast(collected_amount as decimal(18, 4)) as collected_amount,
        cast(published_amount as decimal(18, 4)) as published_amount
    from sums
    where record_count <> movement_count or collected_amount <> published_amount
)

select * from final
