-- Each customer id of each source belongs to one customer, and each customer has as many records as it says.
with

listed_ids as (
    select source, customer_id from customer group by all
),

unidentified as (
    select
        listed_ids.source || ':' || listed_ids.customer_id as customer_key,
        cast(1 as bigint) as record_count,
        cast(0 as bigint) as published_count
    from listed_ids
    anti join int_customer_identity
        on listed_ids.source = int_customer_identity.source
        and listed_ids.customer_id = int_customer_identity.customer_id
),

records as (
    select
        own_customer_key as customer_key,
        1 as record_count,
        0 as published_count
    from int_customer_identity
    union all
    select
        customer_key,
        0,
        record_count
    from dim_customer
),

miscounted as (
    select
        customer_key,
        cast(sum(record_count) as bigint) as record_count,
        cast(sum(published_count) as bigint) as published_count
    from records
    group by all
    having sum(record_count) <> sum(published_count)
),

final as (
    select * from unidentified
    union all
    select * from miscounted
)

select * from final
