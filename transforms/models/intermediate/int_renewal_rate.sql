-- Grain: one row per customer segment with terms that were due in the last twelve months.
-- Scope: company
-- Decisions: "Forecast of renewals".
with

terms as (
    select *
    from int_contract_term_valued
    where exclusion_reason is null and due_month > last_month() - 12
),

final as (
    select
        segment,
        count(*) as due_count,
        count(*) filter (outcome = 'renewed') as renewed_count
    from terms
    group by all
)

select * from final
