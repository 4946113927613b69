-- Grain: one row per customer, all its records folded: what holds at all times.
-- Scope: company
-- Decisions: "One customer in several systems", "Deleted records".
with

records as (
    select * from int_customer_record
),

listings as (
    select
        source,
        customer_id,
        min(became_customer_at) as became_customer_at,
        min(created_at) as created_at,
        min(deleted_at) as deleted_at
    from customer
    group by all
),

last_holders as (
    select
        own_customer_key,
        customer_key
    from int_customer_holder
    where not is_before_merge and merged_out_month is null
),

acquisition_months as (
    select
        own_customer_key,
        min(merged_out_month) as merged_out_month
    from int_customer_holder
    where not is_before_merge
    group by all
),

folded_records as (
    select
        records.own_customer_key,
        bool_or(records.is_test) as is_test,
        bool_or(records.is_listed) as is_listed,
        bool_or(records.is_ambiguous) as is_ambiguous,
        count(*) as record_count,
        arg_min(
            records.match_method,
            (records.match_confidence, records.match_method)
        ) as match_method,
        min(records.match_confidence) as match_confidence,
        min(listings.became_customer_at) as became_customer_at,
        min(listings.created_at) as created_at,
        case
            when bool_and(listings.deleted_at is not null or not records.is_listed)
            then max(listings.deleted_at)
        end as deleted_at
    from records
    left join listings
        on records.source = listings.source and records.customer_id = listings.customer_id
    group by all
),

final as (
    select
        folded_records.own_customer_key as customer_key,
        last_holders.customer_key as merged_into_customer_key,
        folded_records.match_method,
        folded_records.is_test,
        folded_records.is_listed,
        folded_records.is_ambiguous,
        folded_records.record_count,
        folded_records.match_confidence,
        acquisition_months.merged_out_month,
        local_time(folded_records.became_customer_at) as became_customer_at,
        local_time(folded_records.created_at) as created_at,
        local_time(folded_records.deleted_at) as deleted_at
    from folded_records
    left join last_holders on folded_records.own_customer_key = last_holders.own_customer_key
    left join acquisition_months
        on folded_records.own_customer_key = acquisition_months.own_customer_key
)

select * from final
