-- Grain: one row per customer id of a source, with the group that links and merges make of them.
-- Scope: company
-- Decisions: "One customer in several systems", "Money of a customer nobody lists".
with recursive

customers as (
    select
        source,
        customer_id,
        email,
        domain,
        customer_type,
        is_test
    from customer
    qualify row_number() over (partition by source, customer_id order by valid_from desc) = 1
),

links as (
    select * from customer_link where deleted_at is null
),

merges as (
    select * from customer_merge where deleted_at is null
),

duplicates as (
    select * from merges where merge_kind = 'duplicate'
),

mentions as (
    select source, customer_id from subscription_item group by all
    union all
    select source, customer_id from invoice_line group by all
    union all
    select source, customer_id from contract_term group by all
    union all
    select source, customer_id from payment group by all
    union all
    select source, customer_id from credit_note group by all
    union all
    select source, customer_id from service_delivery group by all
    union all
    select source, customer_id from links group by all
    union all
    select linked_source, linked_customer_id from links group by all
    union all
    select source, from_customer_id from merges group by all
    union all
    select source, into_customer_id from merges group by all
),

unlisted_customers as (
    select
        mentions.source,
        mentions.customer_id
    from mentions
    anti join customers
        on mentions.source = customers.source and mentions.customer_id = customers.customer_id
    where mentions.customer_id is not null
    group by all
),

records as (
    select
        *,
        source || ':' || customer_id as record_key,
        true as is_listed
    from customers
    union all by name
    select
        *,
        source || ':' || customer_id as record_key,
        false as is_test,
        false as is_listed
    from unlisted_customers
),

connections as (
    select
        source || ':' || customer_id as record_key,
        linked_source || ':' || linked_customer_id as other_record_key,
        confidence
    from links
    union all
    select
        source || ':' || from_customer_id,
        source || ':' || into_customer_id,
        1
    from duplicates
),

edges as (
    select record_key, other_record_key, confidence from connections
    union all
    select other_record_key, record_key, confidence from connections
),

linked_records as (
    select record_key from edges group by all
),

steps as (
    select record_key, other_record_key from edges group by all
    union
    select record_key, record_key from linked_records
),

-- Each record takes the smallest name it hears of, until a round changes nothing.
rounds as (
    select
        0 as round_number,
        record_key,
        record_key as group_key,
        true as is_changing
    from linked_records
    union all
    select
        rounds.round_number + 1,
        steps.other_record_key,
        min(rounds.group_key),
        bool_or(
            min(rounds.group_key)
            < min(rounds.group_key) filter (steps.record_key = steps.other_record_key)
        ) over ()
    from rounds
    inner join steps on rounds.record_key = steps.record_key
    where rounds.is_changing
    group by rounds.round_number, steps.other_record_key
),

groups as (
    select record_key, group_key
    from rounds
    qualify round_number = max(round_number) over ()
),

-- A group is as sure as the least sure of its links.
group_confidences as (
    select
        groups.group_key,
        min(connections.confidence) as confidence
    from connections
    inner join groups on connections.record_key = groups.record_key
    group by all
),

grouped_records as (
    select
        records.*,
        coalesce(groups.group_key, records.record_key) as group_key,
        duplicates.from_customer_id is not null as is_merged_away,
        coalesce(group_confidences.confidence, 1) as confidence
    from records
    left join groups on records.record_key = groups.record_key
    left join group_confidences on groups.group_key = group_confidences.group_key
    left join duplicates
        on records.source = duplicates.source
        and records.customer_id = duplicates.from_customer_id
),

anchored_records as (
    select
        *,
        first(record_key) over (
            partition by group_key
            order by is_merged_away, record_key
            rows between unbounded preceding and unbounded following
        ) as linked_key
    from grouped_records
),

final as (
    select
        source,
        customer_id,
        record_key,
        linked_key,
        case
            when record_key = linked_key then 'own'
            when is_merged_away then 'merge'
            else 'link'
        end as link_method,
        lower(trim(email)) as email,
        lower(regexp_replace(trim(domain), '^www\.', '')) as domain,
        customer_type,
        is_listed,
        is_test,
        is_merged_away,
        cast(
            case when record_key = linked_key then 1 else confidence end as decimal(18, 4)
        ) as link_confidence
    from anchored_records
)

select * from final
