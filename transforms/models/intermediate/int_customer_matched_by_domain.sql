-- Grain: one row per group of customers matched by e-mail, with the group that company domains make.
-- Scope: company
-- Decisions: "One customer in several systems".
with recursive

records as (
    select
        int_customer_linked.source,
        int_customer_linked.email,
        int_customer_linked.domain,
        int_customer_linked.customer_type = 'business'
        and not int_customer_linked.is_test as is_matched_by_domain,
        int_customer_matched_by_email.matched_key
    from int_customer_linked
    left join int_customer_matched_by_email
        on int_customer_linked.linked_key = int_customer_matched_by_email.linked_key
),

group_sources as (
    select matched_key, source from records group by all
),

stated_domains as (
    select
        matched_key,
        domain as address
    from records
    where domain <> '' and is_matched_by_domain
    group by all
),

-- The domain of an e-mail address counts only where some company states it as its own.
company_domains as (
    select address from stated_domains group by all
),

written_domains as (
    select
        matched_key,
        split_part(email, '@', 2) as address
    from records
    semi join company_domains on split_part(records.email, '@', 2) = company_domains.address
    where domain is null and is_matched_by_domain
    group by all
),

addresses as (
    select matched_key, address from stated_domains
    union
    select matched_key, address from written_domains
),

shared_addresses as (
    select
        address,
        min(matched_key) as smallest_key
    from addresses
    group by all
    having count(*) > 1
),

-- Two records of one source have the domain: whose it is cannot be told.
contested_addresses as (
    select addresses.address
    from addresses
    inner join shared_addresses on addresses.address = shared_addresses.address
    inner join group_sources on addresses.matched_key = group_sources.matched_key
    group by addresses.address, group_sources.source
    having count(*) > 1
),

connections as (
    select
        addresses.matched_key,
        shared_addresses.smallest_key
    from addresses
    inner join shared_addresses on addresses.address = shared_addresses.address
    anti join contested_addresses on addresses.address = contested_addresses.address
),

steps as (
    select matched_key, smallest_key as other_key from connections
    union
    select smallest_key, matched_key from connections
    union
    select matched_key, matched_key from connections
),

rounds as (
    select
        0 as round_number,
        matched_key,
        matched_key as group_key,
        true as is_changing
    from steps
    group by all
    union all
    select
        rounds.round_number + 1,
        steps.other_key,
        min(rounds.group_key),
        bool_or(
            min(rounds.group_key)
            < min(rounds.group_key) filter (steps.matched_key = steps.other_key)
        ) over ()
    from rounds
    inner join steps on rounds.matched_key = steps.matched_key
    where rounds.is_changing
    group by rounds.round_number, steps.other_key
),

groups as (
    select matched_key, group_key
    from rounds
    qualify round_number = max(round_number) over ()
),

-- One domain after the other would make one of two records of a source: all of them stay apart.
contested_groups as (
    select groups.group_key
    from groups
    inner join group_sources on groups.matched_key = group_sources.matched_key
    group by groups.group_key, group_sources.source
    having count(*) > 1
),

matches as (
    select groups.matched_key, groups.group_key
    from groups
    anti join contested_groups on groups.group_key = contested_groups.group_key
),

ambiguous_keys as (
    select addresses.matched_key
    from addresses
    semi join contested_addresses on addresses.address = contested_addresses.address
    union
    select groups.matched_key
    from groups
    semi join contested_groups on groups.group_key = contested_groups.group_key
),

matched_keys as (
    select matched_key from records group by all
),

final as (
    select
        matched_keys.matched_key,
        coalesce(matches.group_key, matched_keys.matched_key) as own_customer_key,
        ambiguous_keys.matched_key is not null as is_ambiguous
    from matched_keys
    left join matches on matched_keys.matched_key = matches.matched_key
    left join ambiguous_keys on matched_keys.matched_key = ambiguous_keys.matched_key
)

select * from final
