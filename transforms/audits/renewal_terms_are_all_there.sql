-- Each contract term is in the fact once: none is lost, none is doubled, and each that counts is due.
with

terms as (
    select
        source,
        contract_term_id,
        1 as conformed_count,
        0 as published_count,
        0 as undue_count
    from contract_term
    union all
    select
        source,
        contract_term_id,
        0,
        1,
        case when is_due and due_date >= getvariable('as_of') then 1 else 0 end
    from fct_renewal
),

final as (
    select
        source,
        contract_term_id,
        cast(sum(conformed_count) as bigint) as conformed_count,
        cast(sum(published_count) as bigint) as published_count,
        cast(sum(undue_count) as bigint) as undue_count
    from terms
    group by all
    having sum(conformed_count) <> 1 or sum(published_count) <> 1 or sum(undue_count) <> 0
)

select * from final
