-- Grain: one row per open term of the next twelve months that somebody works on renewing.
-- Scope: company
-- Decisions: "Forecast of renewals".
with

identities as (
    select * from int_customer_identity
),

rates as (
    select *
    from int_currency_month
    where measured_in_month = last_month()
),

terms as (
    select *
    from int_contract_term_due
    where exclusion_reason = 'not_due_yet'
        and outcome = 'open'
        and due_date < getvariable('as_of') + interval 12 month
),

renewals as (
    select
        source || ':' || opportunity_id as opportunity_key,
        source || ':' || contract_term_id as contract_term_key,
        source,
        customer_id,
        case
            when status <> 'open'
                and coalesce(
                    cast(local_time(closed_at) as date) < getvariable('as_of'), true
                )
            then status
            else 'open'
        end as status,
        currency as native_currency,
        amount,
        arr_amount,
        -- What was decided after as_of says nothing of what was thought before.
        case when status = 'open' then probability end as probability,
        created_at,
        expected_close_date
    from opportunity
    where opportunity_type = 'renewal'
        and coalesce(cast(local_time(created_at) as date) < getvariable('as_of'), true)
        and coalesce(cast(local_time(deleted_at) as date) >= getvariable('as_of'), true)
),

closed_renewals as (
    select
        count(*) filter (status = 'won') as won_count,
        count(*) as closed_count
    from renewals
    where status <> 'open'
),

-- An open renewal that names no term is for the one of the customer that is due nearest to it.
nearest_terms as (
    select
        renewals.opportunity_key,
        terms.contract_term_key
    from renewals
    inner join identities
        on renewals.source = identities.source and renewals.customer_id = identities.customer_id
    inner join terms on identities.customer_key = terms.customer_key
    where renewals.contract_term_key is null and renewals.status = 'open'
    qualify row_number() over (
        partition by renewals.opportunity_key
        order by
            abs(terms.due_date - coalesce(renewals.expected_close_date, getvariable('as_of'))),
            terms.due_date,
            terms.contract_term_key
    ) = 1
),

placed_renewals as (
    select
        renewals.* exclude (contract_term_key),
        coalesce(renewals.contract_term_key, nearest_terms.contract_term_key)
            as contract_term_key,
        renewals.contract_term_key is not null as is_stated
    from renewals
    left join nearest_terms on renewals.opportunity_key = nearest_terms.opportunity_key
),

leading_renewals as (
    select
        terms.customer_key,
        terms.term_months,
        placed_renewals.*
    from placed_renewals
    inner join terms on placed_renewals.contract_term_key = terms.contract_term_key
    qualify row_number() over (
        partition by placed_renewals.contract_term_key
        order by
            case placed_renewals.status when 'won' then 1 when 'open' then 2 else 3 end,
            placed_renewals.is_stated desc,
            placed_renewals.created_at desc nulls last,
            placed_renewals.opportunity_key
    ) = 1
),

yearly_renewals as (
    select
        *,
        coalesce(
            arr_amount,
            money_of(
                half_even_quotient(
                    ten_thousandths(amount) * 120000, ten_thousandths(term_months)
                )
            )
        ) as arr_amount_native
    from leading_renewals
),

final as (
    select
        -- keys
        yearly_renewals.contract_term_key,
        yearly_renewals.customer_key,
        yearly_renewals.opportunity_key,

        -- attributes
        case
            when yearly_renewals.status <> 'open' then 'closed_opportunity'
            when yearly_renewals.probability is not null then 'opportunity'
            when closed_renewals.closed_count > 0 then 'won_share'
        end as probability_basis,

        -- measures
        cast(
            case
                when yearly_renewals.status = 'won' then 1
                when yearly_renewals.status = 'lost' then 0
                else coalesce(
                    yearly_renewals.probability,
                    money_of(
                        half_even_quotient(
                            cast(closed_renewals.won_count as hugeint) * 10000,
                            cast(nullif(closed_renewals.closed_count, 0) as hugeint)
                        )
                    )
                )
            end as decimal(18, 4)
        ) as renewal_probability,
        case
            when yearly_renewals.arr_amount_native is not null
            then in_reporting_currency(
                yearly_renewals.arr_amount_native,
                yearly_renewals.native_currency,
                rates.rate,
                rates.rate_date
            )
        end as arr_amount
    from yearly_renewals
    cross join closed_renewals
    left join rates on yearly_renewals.native_currency = rates.native_currency
)

select * from final
