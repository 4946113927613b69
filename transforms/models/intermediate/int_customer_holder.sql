-- Grain: one row per acquired customer, customer that has it in turn, and side of the acquisition.
-- Scope: company
-- Decisions: "Acquisitions". Customers that nobody acquired have no row: they are their own.
with recursive

records as (
    select * from int_customer_record
),

acquisitions as (
    select
        acquired.own_customer_key,
        acquiring.own_customer_key as next_customer_key,
        month_number(local_time(customer_merge.merged_at)) as from_month
    from customer_merge
    inner join records as acquired
        on customer_merge.source = acquired.source
        and customer_merge.from_customer_id = acquired.customer_id
    inner join records as acquiring
        on customer_merge.source = acquiring.source
        and customer_merge.into_customer_id = acquiring.customer_id
    where customer_merge.merge_kind = 'acquisition'
        and customer_merge.deleted_at is null
        and local_time(customer_merge.merged_at) < getvariable('as_of')
        and acquired.own_customer_key <> acquiring.own_customer_key
    qualify row_number() over (
        partition by acquired.own_customer_key
        order by customer_merge.merged_at, acquiring.own_customer_key
    ) = 1
),

-- From hand to hand, never back to a customer that had it before.
hands as (
    select
        own_customer_key,
        own_customer_key as customer_key,
        cast(null as integer) as from_month,
        [own_customer_key] as earlier_keys
    from acquisitions
    union all
    select
        hands.own_customer_key,
        acquisitions.next_customer_key,
        greatest(hands.from_month, acquisitions.from_month),
        list_append(hands.earlier_keys, acquisitions.next_customer_key)
    from hands
    inner join acquisitions on hands.customer_key = acquisitions.own_customer_key
    where not list_contains(hands.earlier_keys, acquisitions.next_customer_key)
),

-- Who passes it on within the month it came in never has it at a month's end.
periods as (
    select
        own_customer_key,
        customer_key,
        from_month,
        lead(from_month) over later_hands as to_month
    from hands
    window later_hands as (partition by own_customer_key order by len(earlier_keys))
    qualify from_month is distinct from to_month
),

-- What the acquired customer was before is shown to the one that has it now, as not yet its own.
sides as (
    select
        own_customer_key,
        customer_key,
        from_month as merged_in_month,
        to_month as merged_out_month,
        coalesce(from_month, 0) as from_month,
        coalesce(to_month, last_month() + 1) as to_month,
        false as is_before_merge
    from periods
    union all
    select
        own_customer_key,
        customer_key,
        from_month,
        to_month,
        0,
        from_month,
        true
    from periods
    where from_month is not null
),

final as (
    select
        own_customer_key,
        customer_key,
        is_before_merge,
        merged_in_month,
        merged_out_month,
        from_month,
        to_month
    from sides
)

select * from final
