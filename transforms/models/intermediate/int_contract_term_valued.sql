-- Grain: one row per contract term, with its amounts in the reporting currency and its customer's segments.
-- Scope: customer
-- Decisions: "What a renewal is worth", "Segments of renewals".
with

terms as (
    select
        *,
        least(coalesce(due_month, last_month()), last_month()) as valued_month,
        least(
            cast(month_day(coalesce(due_month, last_month() + 1)) as timestamp),
            cast(getvariable('as_of') as timestamp) - interval 1 microsecond
        ) as segmented_at
    from int_contract_term_due
),

rates as (
    select * from int_currency_month
),

cohorts as (
    select * from int_customer_cohort
),

versions as (
    select * from int_customer_version
),

-- Renewals are valued as their month begins, those of later months at the last rate that is known.
rated_terms as (
    select
        terms.*,
        coalesce(terms.exclusion_reason = 'not_due_yet', true) as is_countable,
        case when terms.due_month <= last_month() then rates.opening_rate else rates.rate end
            as rate,
        rates.rate_date
    from terms
    left join rates
        on terms.native_currency = rates.native_currency
        and terms.valued_month = rates.measured_in_month
),

final as (
    select
        -- keys
        rated_terms.contract_term_key,
        rated_terms.customer_key,
        rated_terms.source,
        rated_terms.contract_term_id,
        rated_terms.contract_key,
        rated_terms.previous_contract_term_key,
        rated_terms.replacing_contract_term_key,
        rated_terms.product_key,
        rated_terms.subscription_key,

        -- attributes
        rated_terms.term_type,
        rated_terms.exclusion_reason,
        rated_terms.outcome,
        rated_terms.timing,
        rated_terms.loss_reason,
        rated_terms.native_currency,
        coalesce(versions.segment, 'unknown') as segment,
        coalesce(versions.region, 'unknown') as region,
        coalesce(versions.industry, 'unknown') as industry,
        coalesce(versions.size_band, 'unknown') as size_band,
        coalesce(rated_terms.owner_employee_key, versions.owner_employee_key, 'unknown')
            as owner_employee_key,

        -- flags
        rated_terms.is_auto_renew,

        -- measures
        rated_terms.term_months,
        rated_terms.expiring_amount_native,
        rated_terms.renewed_amount_native,
        case
            when rated_terms.is_countable and rated_terms.expiring_amount_native is not null
            then in_reporting_currency(
                rated_terms.expiring_amount_native,
                rated_terms.native_currency,
                rated_terms.rate,
                rated_terms.rate_date
            )
        end as expiring_amount,
        case
            when rated_terms.is_countable and rated_terms.renewed_amount_native is not null
            then in_reporting_currency(
                rated_terms.renewed_amount_native,
                rated_terms.native_currency,
                rated_terms.rate,
                rated_terms.rate_date
            )
        end as renewed_amount,

        -- times
        month_day(cohorts.cohort_month) as acquisition_month_start,
        rated_terms.start_date,
        rated_terms.end_date,
        rated_terms.due_date,
        rated_terms.due_month,
        rated_terms.closed_date
    from rated_terms
    left join cohorts on rated_terms.customer_key = cohorts.customer_key
    left join versions
        on rated_terms.customer_key = versions.customer_key
        and versions.valid_from <= rated_terms.segmented_at
        and rated_terms.segmented_at < versions.valid_to
)

select * from final
