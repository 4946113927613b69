-- A KPI of the whole company is what its own mart says.
with

expected as (
    select
        'mrr' as kpi,
        'month' as period_type,
        month_start as period_start,
        case
            when count(*) filter (gap_mrr_amount <> 0) = 0
            then cast(sum(mrr_amount) as decimal(18, 4))
        end as numerator
    from fct_customer_month
    group by all
    union all
    select
        'churned_mrr',
        'month',
        month_start,
        cast(sum(movement_amount) as decimal(18, 4))
    from fct_mrr_movement
    where movement_type = 'churn'
    group by all
    union all
    select
        'gross_revenue_retention',
        period_type,
        period_start,
        case when gap_customer_count = 0 then retained_mrr_amount end
    from fct_revenue_retention
    where segment_dimension = 'all'
    union all
    select
        'net_renewal_rate',
        'month',
        due_month_start,
        cast(coalesce(sum(renewed_amount) filter (has_amounts), 0) as decimal(18, 4))
    from fct_renewal
    where is_due
    group by all
    union all
    select
        'services_gross_margin',
        period_type,
        period_start,
        services_margin_amount
    from fct_services_margin
    where segment_dimension = 'all'
        and (services_revenue_amount <> 0 or delivery_cost_amount <> 0)
    union all
    select
        'predicted_lifetime_value',
        'month',
        month_day(last_month()),
        cast(sum(predicted_amount) as decimal(18, 4))
    from fct_customer_lifetime_value
    having count(predicted_amount) > 0
    union all
    select
        'nps_' || survey_kind,
        period_type,
        period_start,
        cast(100 * (promoter_count - detractor_count) as decimal(18, 4))
    from fct_survey_score
    where survey_type = 'nps' and segment_dimension = 'all'
),

published as (
    select * from fct_kpi where segment_dimension = 'all'
),

final as (
    select
        expected.kpi,
        expected.period_type,
        expected.period_start,
        expected.numerator as numerator_of_the_fact,
        published.numerator
    from expected
    left join published
        on expected.kpi = published.kpi
        and expected.period_type = published.period_type
        and expected.period_start = published.period_start
    where expected.numerator is distinct from published.numerator
)

select * from final
