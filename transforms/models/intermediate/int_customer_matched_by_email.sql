-- Grain: one row per group of linked customers, with the group that their e-mail addresses make.
-- Scope: company
-- Decisions: "One customer in several systems".
with recursive

records as (
    select * from int_customer_linked
),

group_sources as (
    select linked_key, source from records group by all
),

addresses as (
    select
        linked_key,
        email as address
    from records
    where email <> '' and not is_test
    group by all
),

shared_addresses as (
    select
        address,
        min(linked_key) as smallest_key
    from addresses
    group by all
    having count(*) > 1
),

-- Two records of one source have the address: whose it is cannot be told.
contested_addresses as (
    select addresses.address
    from addresses
    inner join shared_addresses on addresses.address = shared_addresses.address
    inner join group_sources on addresses.linked_key = group_sources.linked_key
    group by addresses.address, group_sources.source
    having count(*) > 1
),

connections as (
    select
        addresses.linked_key,
        shared_addresses.smallest_key
    from addresses
    inner join shared_addresses on addresses.address = shared_addresses.address
    anti join contested_addresses on addresses.address = contested_addresses.address
),

steps as (
    select linked_key, smallest_key as other_key from connections
    union
    select smallest_key, linked_key from connections
    union
    select linked_key, linked_key from connections
),

rounds as (
    select
        0 as round_number,
        linked_key,
        linked_key as group_key,
        true as is_changing
    from steps
    group by all
    union all
    select
        rounds.round_number + 1,
        steps.other_key,
        min(rounds.group_key),
        bool_or(
            min(rounds.group_key) < min(rounds.group_key) filter (steps.linked_key = steps.other_key)
        ) over ()
    from rounds
    inner join steps on rounds.linked_key = steps.linked_key
    where rounds.is_changing
    group by rounds.round_number, steps.other_key
),

groups as (
    select linked_key, group_key
    from rounds
    qualify round_number = max(round_number) over ()
),

-- One address after the other would make one of two records of a source: all of them stay apart.
contested_groups as (
    select groups.group_key
    from groups
    inner join group_sources on groups.linked_key = group_sources.linked_key
    group by groups.group_key, group_sources.source
    having count(*) > 1
),

matches as (
    select groups.linked_key, groups.group_key
    from groups
    anti join contested_groups on groups.group_key = contested_groups.group_key
),

ambiguous_keys as (
    select addresses.linked_key
    from addresses
    semi join contested_addresses on addresses.address = contested_addresses.address
    union
    select groups.linked_key
    from groups
    semi join contested_groups on groups.group_key = contested_groups.group_key
),

linked_keys as (
    select linked_key from records group by all
),

final as (
    select
        linked_keys.linked_key,
        coalesce(matches.group_key, linked_keys.linked_key) as matched_key,
        ambiguous_keys.linked_key is not null as is_ambiguous
    from linked_keys
    left join matches on linked_keys.linked_key = matches.linked_key
    left join ambiguous_keys on linked_keys.linked_key = ambiguous_keys.linked_key
)

select * from final
