-- Grain: one row per term of the contract of a subscription that has ended or is set to, and reading of it.
-- Scope: company
with

records as (
    select origin, chargebee_term(payload) as record
    from raw.chargebee__ended_contract_term
),

final as (
    select origin, unnest(chargebee_contract_term(record._parent, record.contract_term))
    from records
)

select * from final
