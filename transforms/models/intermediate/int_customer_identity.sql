-- Grain: one row per customer id of a source, with the customer it is today.
-- Scope: company
-- Decisions: "One customer in several systems", "Acquisitions".
with

records as (
    select * from int_customer_record
),

last_holders as (
    select
        own_customer_key,
        customer_key
    from int_customer_holder
    where not is_before_merge and merged_out_month is null
),

final as (
    select
        records.source,
        records.customer_id,
        coalesce(last_holders.customer_key, records.own_customer_key) as customer_key,
        records.own_customer_key,
        records.match_method,
        records.is_listed,
        records.is_test,
        records.is_ambiguous,
        records.match_confidence
    from records
    left join last_holders on records.own_customer_key = last_holders.own_customer_key
)

select * from final
