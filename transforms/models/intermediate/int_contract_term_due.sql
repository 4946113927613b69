-- Grain: one row per contract term, as it stands at the last instant before as_of.
-- Scope: company
-- Decisions: "Terms that are due", "When a term is renewed", "What a renewal is worth", "Acquisitions".
with recursive

identities as (
    select * from int_customer_identity
),

holders as (
    select *
    from int_customer_holder
    where not is_before_merge
),

customers as (
    select * from int_customer_folded
),

terms as (
    select
        source,
        contract_term_id,
        source || ':' || contract_term_id as contract_term_key,
        source || ':' || contract_id as contract_key,
        source || ':' || previous_contract_term_id as previous_contract_term_key,
        source || ':' || replaced_by_contract_term_id as replacing_contract_term_key,
        source || ':' || owner_employee_id as owner_employee_key,
        source || ':' || product_id as product_key,
        source || ':' || subscription_id as subscription_key,
        customer_id,
        term_type,
        outcome,
        loss_reason,
        currency as native_currency,
        is_auto_renew,
        coalesce(
            term_months,
            case
                when end_date
                    = start_date
                    + to_months(cast(date_diff('month', start_date, end_date) as integer))
                then date_diff('month', start_date, end_date)
                else money_of(
                    half_even_quotient(
                        cast(date_diff('day', start_date, end_date) as hugeint) * 120000,
                        cast(365 as hugeint)
                    )
                )
            end
        ) as term_months,
        contract_amount,
        expiring_amount,
        renewed_amount,
        start_date,
        end_date,
        due_date,
        cast(local_time(signed_at) as date) as signed_date,
        cast(local_time(closed_at) as date) as closed_date,
        cast(local_time(deleted_at) as date) as deleted_date
    from contract_term
),

replacements as (
    select
        contract_term_key as replaced_key,
        replacing_contract_term_key as contract_term_key,
        due_date as stated_due_date,
        coalesce(due_date, end_date) as due_date
    from terms
    where replacing_contract_term_key is not null and term_type = 'standard'
),

-- The due date of the first term goes on to all that follow, never back to one that had it before.
inheritances as (
    select
        replacements.contract_term_key,
        replacements.due_date,
        [replacements.replaced_key, replacements.contract_term_key] as earlier_keys
    from replacements
    left join replacements as earlier
        on replacements.replaced_key = earlier.contract_term_key
    where replacements.due_date is not null
        and (replacements.stated_due_date is not null or earlier.contract_term_key is null)
    union all
    select
        replacements.contract_term_key,
        inheritances.due_date,
        list_append(inheritances.earlier_keys, replacements.contract_term_key)
    from inheritances
    inner join replacements on inheritances.contract_term_key = replacements.replaced_key
    where replacements.stated_due_date is null
        and not list_contains(inheritances.earlier_keys, replacements.contract_term_key)
),

inherited_due_dates as (
    select
        contract_term_key,
        min(due_date) as due_date
    from inheritances
    group by all
),

valued_terms as (
    select
        terms.* replace (
            coalesce(terms.due_date, inherited_due_dates.due_date, terms.end_date) as due_date,
            coalesce(
                terms.expiring_amount,
                money_of(
                    half_even_quotient(
                        ten_thousandths(terms.contract_amount) * 120000,
                        ten_thousandths(terms.term_months)
                    )
                )
            ) as expiring_amount
        )
    from terms
    left join inherited_due_dates
        on terms.contract_term_key = inherited_due_dates.contract_term_key
),

-- What the terms that renew a term are worth, in its currency; null where one of them is not known.
followers as (
    select
        previous_contract_term_key,
        native_currency,
        case when bool_and(expiring_amount is not null) then sum(expiring_amount) end
            as renewed_amount
    from valued_terms
    where previous_contract_term_key is not null
        and term_type = 'standard'
        and coalesce(deleted_date >= getvariable('as_of'), true)
    group by all
),

-- A term counts with whoever has the customer in the month it is due.
held_terms as (
    select
        valued_terms.*,
        coalesce(holders.customer_key, identities.own_customer_key) as customer_key,
        customers.is_test,
        cast(customers.deleted_at as date) as customer_deleted_date,
        coalesce(valued_terms.renewed_amount, followers.renewed_amount) as known_renewed_amount
    from valued_terms
    left join identities
        on valued_terms.source = identities.source
        and valued_terms.customer_id = identities.customer_id
    left join holders
        on identities.own_customer_key = holders.own_customer_key
        and coalesce(month_number(valued_terms.due_date), last_month())
        >= coalesce(holders.merged_in_month, 0)
        and coalesce(month_number(valued_terms.due_date), last_month())
        < coalesce(holders.merged_out_month, 1000000)
    left join customers on identities.own_customer_key = customers.customer_key
    left join followers
        on valued_terms.contract_term_key = followers.previous_contract_term_key
        and valued_terms.native_currency = followers.native_currency
),

settled_terms as (
    select
        *,
        case
            when outcome = 'open' and replacing_contract_term_key is null then false
            else coalesce(closed_date < getvariable('as_of'), true)
        end as is_settled,
        coalesce(customer_deleted_date < getvariable('as_of'), false) as is_left
    from held_terms
),

decided_terms as (
    select
        * exclude (outcome, loss_reason, closed_date),
        case
            when is_settled and (outcome = 'replaced' or replacing_contract_term_key is not null)
            then 'replaced'
            when is_settled
                and outcome = 'renewed'
                and closed_date - due_date > getvariable('late_renewal_days')
            then 'reactivated'
            when is_settled then outcome
            when is_left then 'lost'
            else 'open'
        end as outcome,
        case
            when is_settled then loss_reason
            when is_left then 'customer_deleted'
        end as loss_reason,
        case
            when is_settled then closed_date
            when is_left then customer_deleted_date
        end as closed_date
    from settled_terms
),

final as (
    select
        -- keys
        contract_term_key,
        customer_key,
        source,
        contract_term_id,
        contract_key,
        previous_contract_term_key,
        replacing_contract_term_key,
        product_key,
        subscription_key,
        owner_employee_key,

        -- attributes
        term_type,
        case
            when is_test then 'test_customer'
            when term_type <> 'standard' then term_type
            when signed_date >= getvariable('as_of') then 'not_signed_yet'
            when outcome = 'replaced' then 'replaced'
            when due_date is null then 'open_ended'
            when deleted_date <= due_date and deleted_date < getvariable('as_of') then 'deleted'
            when due_date >= getvariable('as_of') then 'not_due_yet'
        end as exclusion_reason,
        outcome,
        case
            when outcome <> 'renewed' or due_date is null then null
            when closed_date is null then 'unknown'
            when closed_date > due_date then 'late'
            when month_number(closed_date) < month_number(due_date) then 'early'
            else 'on_time'
        end as timing,
        loss_reason,
        native_currency,

        -- flags
        is_auto_renew,

        -- measures
        cast(term_months as decimal(18, 4)) as term_months,
        cast(expiring_amount as decimal(18, 4)) as expiring_amount_native,
        cast(
            case when outcome = 'renewed' then known_renewed_amount else 0 end as decimal(18, 4)
        ) as renewed_amount_native,

        -- times
        start_date,
        end_date,
        due_date,
        month_number(due_date) as due_month,
        closed_date
    from decided_terms
)

select * from final
