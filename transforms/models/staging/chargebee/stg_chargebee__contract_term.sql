-- Grain: one row per term of the contract of a subscription on which one runs, and reading of it.
-- Scope: company
with

records as (
    select origin, chargebee_term(payload) as record
    from raw.chargebee__contract_term
),

final as (
    select origin, unnest(chargebee_contract_term(record._parent, record.contract_term))
    from records
)

select * from final
