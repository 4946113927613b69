-- Grain: one row per term of a subscription's contract and reading of it.
-- Scope: company
with

terms as (
    select
        origin,
        json_transform(
            payload,
            '{
                "_parent": {"subscription": "VARCHAR", "customer": "VARCHAR", "currency": "VARCHAR"},
                "contract_term": {
                    "id": "VARCHAR", "status": "VARCHAR", "action_at_term_end": "VARCHAR", "contract_start": "VARCHAR",
                    "contract_end": "VARCHAR", "total_contract_value_before_tax": "VARCHAR", "created_at": "VARCHAR"
                }
            }'
        ) as record
    from raw.chargebee__contract_term
),

named_terms as (
    select origin, record._parent as subscription, record.contract_term as term
    from terms
),

final as (
    select
        origin,
        -- keys
        'chargebee' as source,
        term.id as contract_term_id,
        subscription.subscription as contract_id,
        subscription.customer as customer_id,
        subscription.subscription as subscription_id,

        -- attributes
        case
            when term.status = 'active' then 'open'
            when term.status = 'completed' and term.action_at_term_end = 'cancel' then 'lost'
            when term.status = 'completed' then 'renewed'
            when term.status in ('cancelled', 'terminated') then 'lost'
            else coalesce(term.status, 'unknown')
        end as outcome,
        upper(subscription.currency) as currency,

        -- flags
        term.action_at_term_end <> 'cancel' as is_auto_renew,

        -- measures
        chargebee_amount(term.total_contract_value_before_tax, subscription.currency)
            as contract_amount,

        -- times
        chargebee_instant(term.created_at) as signed_at,
        chargebee_day(term.contract_start) as start_date,
        chargebee_day(term.contract_end) as end_date,
        case when term.status = 'completed' then chargebee_instant(term.contract_end) end
            as closed_at
    from named_terms
)

select * from final
