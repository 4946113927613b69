-- Grain: one row per customer, recurring item and month in which the item begins, ends or changes.
-- Scope: customer
-- Decisions: "Movements", "Paused", "Missing loads", "Acquisitions".
with

runs as (
    select *
    from int_recurring_item_run
    where not is_within_month
),

states as (
    select
        *,
        struct_pack(
            product_family := product_family,
            tier_key := tier_key,
            held_as := held_as,
            is_before_merge := is_before_merge,
            quantity := quantity,
            unit_price_units := unit_price_units,
            percent_off := percent_off,
            fixed_discount := fixed_discount_amount_native,
            gross := gross_mrr_amount_native,
            net := mrr_amount_native
        ) as state
    from runs
),

neighbours as (
    select
        *,
        lag(state) over item_runs as earlier_state,
        lag(month_to) over item_runs as earlier_month_to,
        lead(month_from) over item_runs as later_month_from
    from states
    window item_runs as (
        partition by customer_key, item_key, native_currency order by month_from
    )
),

changes as (
    select
        customer_key,
        item_key,
        native_currency,
        month_from as month_number,
        case when earlier_month_to = month_from then earlier_state end as before,
        state as after,
        null as end_churn_type,
        null as end_reason,
        null as ended_at,
        false as is_merge_out
    from neighbours
    where not is_before_merge
    union all
    select
        customer_key,
        item_key,
        native_currency,
        month_to,
        state,
        null,
        end_churn_type,
        end_reason,
        ended_at,
        coalesce(month_to = merged_out_month, false)
    from neighbours
    where later_month_from is distinct from month_to
        and month_to <= last_month()
        and (not is_before_merge or month_to = merged_in_month)
),

final as (
    select
        -- keys
        customer_key,
        item_key,
        native_currency,
        month_number,

        -- attributes
        before.product_family as before_product_family,
        after.product_family as after_product_family,
        before.tier_key as before_tier_key,
        after.tier_key as after_tier_key,
        before.held_as as before_held_as,
        after.held_as as after_held_as,
        end_churn_type,
        end_reason,

        -- flags
        before is not null as is_before,
        after is not null as is_after,
        coalesce(before.is_before_merge, false) as is_merge_in,
        is_merge_out,

        -- measures
        before.quantity as before_quantity,
        after.quantity as after_quantity,
        before.unit_price_units as before_unit_price_units,
        after.unit_price_units as after_unit_price_units,
        before.percent_off as before_percent_off,
        after.percent_off as after_percent_off,
        before.fixed_discount as before_fixed_discount_amount_native,
        after.fixed_discount as after_fixed_discount_amount_native,
        coalesce(before.gross, 0) as before_gross_mrr_amount_native,
        coalesce(after.gross, 0) as after_gross_mrr_amount_native,
        coalesce(before.net, 0) as before_mrr_amount_native,
        coalesce(after.net, 0) as after_mrr_amount_native,

        -- times
        ended_at
    from changes
    where before is distinct from after
)

select * from final
