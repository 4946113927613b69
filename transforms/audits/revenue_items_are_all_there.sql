-- Each subscription item and each invoice line is in the fact once: none is lost, none is doubled.
with

conformed_items as (
    select
        'subscription_item' as item_type,
        source,
        subscription_item_id as item_id,
        1 as conformed_count,
        0 as published_count
    from subscription_item
    group by all
    union all
    select
        'invoice_line',
        source,
        invoice_line_id,
        1,
        0
    from invoice_line
),

published_items as (
    select
        item_type,
        source,
        item_id,
        0 as conformed_count,
        1 as published_count
    from fct_revenue_item
),

items as (
    select * from conformed_items
    union all
    select * from published_items
),

final as (
    select
        item_type,
        source,
        item_id,
        cast(sum(conformed_count) as bigint) as conformed_count,
        cast(sum(published_count) as bigint) as published_count
    from items
    group by all
    having sum(conformed_count) <> 1 or sum(published_count) <> 1
)

select * from final
