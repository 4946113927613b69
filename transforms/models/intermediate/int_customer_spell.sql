-- Grain: one row per customer and instant at which it began to pay, for the first time or again.
-- Scope: customer
-- Decisions: "New, late renewal, reactivation". A pause is no end. Instants are on the clock of the reporting time
-- zone.
with

-- What ends in the month it is merged in is paid for by the new customer until it ends.
runs as (
    select
        customer_key,
        item_key,
        greatest(from_at, cast(month_day(coalesce(merged_in_month, 0)) as timestamp)) as from_at,
        least(
            to_at,
            coalesce(cast(month_day(merged_out_month) as timestamp), timestamp '9999-12-31')
        ) as to_at
    from int_recurring_item_run
    where mrr_amount_native > 0
        and (
            not is_before_merge
            or (to_at > month_day(merged_in_month) and to_at < month_day(merged_in_month + 1))
        )
),

runs_in_turn as (
    select
        customer_key,
        item_key,
        from_at,
        max(to_at) over (
            partition by customer_key
            order by from_at, to_at, item_key
            rows between unbounded preceding and 1 preceding
        ) as earlier_to_at
    from runs
),

beginnings as (
    select
        customer_key,
        from_at,
        earlier_to_at
    from runs_in_turn
    where earlier_to_at is null or from_at > earlier_to_at
),

final as (
    select
        customer_key,
        from_at as began_at,
        month_number(from_at) as began_month,
        row_number() over (partition by customer_key order by from_at) as spell_number,
        earlier_to_at as lapsed_at
    from beginnings
)

select * from final
