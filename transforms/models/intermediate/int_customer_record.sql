-- Grain: one row per customer id of a source, with the customer it is before acquisitions.
-- Scope: company
-- Decisions: "One customer in several systems".
with

records as (
    select * from int_customer_linked
),

email_matches as (
    select * from int_customer_matched_by_email
),

domain_matches as (
    select * from int_customer_matched_by_domain
),

matched_records as (
    select
        records.*,
        domain_matches.own_customer_key,
        email_matches.is_ambiguous or domain_matches.is_ambiguous as is_ambiguous,
        email_matches.matched_key <> domain_matches.own_customer_key as is_matched_by_domain,
        records.linked_key <> email_matches.matched_key as is_matched_by_email
    from records
    left join email_matches on records.linked_key = email_matches.linked_key
    left join domain_matches on email_matches.matched_key = domain_matches.matched_key
),

final as (
    select
        source,
        customer_id,
        record_key,
        own_customer_key,
        case
            when is_matched_by_domain then 'domain'
            when is_matched_by_email then 'email'
            else link_method
        end as match_method,
        is_listed,
        is_test,
        is_merged_away,
        is_ambiguous,
        cast(
            least(
                link_confidence,
                case when is_matched_by_domain then 0.7 when is_matched_by_email then 0.9 else 1 end
            ) as decimal(18, 4)
        ) as match_confidence
    from matched_records
)

select * from final
