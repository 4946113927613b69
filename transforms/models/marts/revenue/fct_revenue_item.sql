-- Grain: one row per subscription item or invoice line, as it stands at the last instant before as_of.
-- Scope: customer
-- Decisions: "When an item is active", "Revenue from invoice lines", "Subscription items come before invoice lines".
with

item_spans as (
    select *
    from int_subscription_item_segment
    where not is_before_merge
        and not is_within_month
        and merged_out_month is null
        and month_to = last_month() + 1
),

line_spans as (
    select *
    from int_invoice_line_segment
    where not is_before_merge and merged_out_month is null and month_to = last_month() + 1
),

runs as (
    select *
    from int_recurring_item_run
    where held_as is null
        and not is_before_merge
        and not is_within_month
        and month_to = last_month() + 1
),

revenue_items as (
    select
        item_spans.item_key as revenue_item_key,
        'subscription_item' as item_type,
        item_spans.source,
        item_spans.subscription_item_id as item_id,
        item_spans.customer_key,
        item_spans.product_id,
        item_spans.plan_id,
        item_spans.exclusion_reason,
        item_spans.native_currency,
        item_spans.gross_mrr_amount_native,
        case
            when item_spans.exclusion_reason is null then runs.mrr_amount_native
        end as mrr_amount_native
    from item_spans
    left join runs
        on item_spans.customer_key = runs.customer_key
        and item_spans.item_key = runs.item_key
        and item_spans.native_currency = runs.native_currency
    union all
    select
        line_key,
        'invoice_line',
        source,
        invoice_line_id,
        customer_key,
        product_id,
        plan_id,
        exclusion_reason,
        native_currency,
        mrr_amount_native,
        case when exclusion_reason is null then mrr_amount_native end
    from line_spans
),

final as (
    select
        -- keys
        revenue_item_key,
        customer_key,
        source,
        item_id,
        source || ':' || product_id as product_key,
        source || ':' || plan_id as plan_key,

        -- attributes
        item_type,
        exclusion_reason,
        native_currency,

        -- flags
        exclusion_reason is null as is_recurring,

        -- measures
        gross_mrr_amount_native as monthly_amount_native,
        cast(coalesce(mrr_amount_native, 0) as decimal(18, 4)) as mrr_amount_native
    from revenue_items
)

select * from final
