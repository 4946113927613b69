-- The product families of a customer, month and billing currency add up to what the customer has, to the last digit.
with

sides as (
    select
        customer_key,
        month_start,
        native_currency,
        item_count,
        opening_mrr_amount,
        opening_gap_mrr_amount,
        gross_mrr_amount,
        mrr_amount,
        committed_mrr_amount,
        paused_mrr_amount,
        gap_mrr_amount,
        fx_amount,
        mrr_amount_native
    from fct_subscription_month
    union all
    select
        customer_key,
        month_start,
        native_currency,
        -item_count,
        -opening_mrr_amount,
        -opening_gap_mrr_amount,
        -gross_mrr_amount,
        -mrr_amount,
        -committed_mrr_amount,
        -paused_mrr_amount,
        -gap_mrr_amount,
        -fx_amount,
        -mrr_amount_native
    from fct_customer_month
),

differences as (
    select
        customer_key,
        month_start,
        native_currency,
        cast(sum(item_count) as bigint) as item_count,
        cast(sum(opening_mrr_amount) as decimal(18, 4)) as opening_mrr_amount,
        cast(sum(opening_gap_mrr_amount) as decimal(18, 4)) as opening_gap_mrr_amount,
        cast(sum(gross_mrr_amount) as decimal(18, 4)) as gross_mrr_amount,
        cast(sum(mrr_amount) as decimal(18, 4)) as mrr_amount,
        cast(sum(committed_mrr_amount) as decimal(18, 4)) as committed_mrr_amount,
        cast(sum(paused_mrr_amount) as decimal(18, 4)) as paused_mrr_amount,
        cast(sum(gap_mrr_amount) as decimal(18, 4)) as gap_mrr_amount,
        cast(sum(fx_amount) as decimal(18, 4)) as fx_amount,
        cast(sum(mrr_amount_native) as decimal(18, 4)) as mrr_amount_native
    from sides
    group by all
),

final as (
    select *
    from differences
    where item_count <> 0
        or opening_mrr_amount <> 0
        or opening_gap_mrr_amount <> 0
        or gross_mrr_amount <> 0
        or mrr_amount <> 0
        or committed_mrr_amount <> 0
        or paused_mrr_amount <> 0
        or gap_mrr_amount <> 0
        or fx_amount <> 0
        or mrr_amount_native <> 0
)

select * from final
