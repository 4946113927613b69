-- Grain: one row per KPI, period of the last ones, customer, way of counting people and set of segments it counts in.
-- Scope: customer
-- Decisions: "Contributions to a KPI", "Missing loads".
with

-- fct_kpi says which KPI has which periods.
kpi_periods as (
    select
        kpi,
        period_type,
        period_start,
        period_end
    from fct_kpi
    where segment_dimension = 'all' and is_contribution_period(period_end)
),

periods as (
    select
        period_type,
        period_start,
        period_end,
        month_day(least(month_number(period_end) - 1, last_month())) as closing_month_start
    from kpi_periods
    group by all
),

-- A customer in all currencies it is billed in. All rows of a customer and month have the same segments.
customer_months as (
    select
        customer_key,
        month_start,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(mrr_amount) as mrr_amount,
        sum(committed_mrr_amount) as committed_mrr_amount
    from fct_customer_month
    group by all
),

-- What there is at the end of the period.
closing_parts as (
    select
        periods.period_type,
        periods.period_start,
        customer_months.* exclude (
            month_start, opening_mrr_amount, mrr_amount, committed_mrr_amount
        ),
        cast(mrr_amount > 0 as bigint) as n,
        unnest([
            {'kpi': 'mrr', 'numerator': mrr_amount, 'denominator': null},
            {'kpi': 'arr', 'numerator': 12 * mrr_amount, 'denominator': null},
            {'kpi': 'committed_mrr', 'numerator': committed_mrr_amount, 'denominator': null},
            {'kpi': 'paying_customer_count', 'numerator': n, 'denominator': null},
            {'kpi': 'arpa', 'numerator': mrr_amount, 'denominator': n}
        ], recursive := true)
    from periods
    inner join customer_months on customer_months.month_start = periods.closing_month_start
),

-- Who did not move is in the n of what moved.
paying_parts as (
    select
        periods.period_type,
        periods.period_start,
        customer_months.* exclude (
            month_start, opening_mrr_amount, mrr_amount, committed_mrr_amount
        ),
        'net_new_mrr' as kpi,
        0 as numerator,
        1 as n
    from periods
    inner join customer_months on customer_months.month_start = periods.closing_month_start
    where customer_months.mrr_amount > 0
),

-- What the customer paid when the period began.
opening_parts as (
    select
        periods.period_type,
        periods.period_start,
        customer_months.* exclude (
            month_start, opening_mrr_amount, mrr_amount, committed_mrr_amount
        ),
        'expansion_rate' as kpi,
        0 as numerator,
        opening_mrr_amount as denominator,
        cast(opening_mrr_amount > 0 as bigint) as n
    from periods
    inner join customer_months on customer_months.month_start = periods.period_start
),

moves as (
    select
        *,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort,
        unnest(movement_kpis(movement_type, movement_part)) as kpi
    from fct_mrr_movement
),

movements as (
    select
        kpi,
        customer_key,
        month_start,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        acquisition_cohort,
        sum(movement_amount) as movement_amount
    from moves
    group by all
),

-- A customer that moved in several months counts once in each.
movement_parts as (
    select
        periods.period_type,
        periods.period_start,
        movements.* exclude (month_start, movement_amount),
        movements.movement_amount as numerator,
        case when movements.kpi = 'expansion_rate' then 0 end as denominator,
        cast(movements.kpi not in ('net_new_mrr', 'expansion_rate') as bigint) as n
    from periods
    inner join movements -- each month counts in every period that it lies in
        on movements.month_start >= periods.period_start
        and movements.month_start < periods.period_end
),

retention_parts as (
    select
        period_type,
        period_start,
        customer_key,
        coalesce(segment, 'unknown') as segment,
        coalesce(region, 'unknown') as region,
        coalesce(industry, 'unknown') as industry,
        coalesce(size_band, 'unknown') as size_band,
        coalesce(owner_employee_key, 'unknown') as owner_employee_key,
        coalesce(acquisition_cohort, 'unknown') as acquisition_cohort,
        coalesce(plan_name, 'unknown') as plan_name,
        cast(closing_mrr_amount > 0 as bigint) as retained_count,
        least(opening_mrr_amount, closing_mrr_amount) as retained_mrr_amount,
        unnest(
            retention_kpis(
                1,
                retained_count,
                opening_mrr_amount,
                closing_mrr_amount,
                retained_mrr_amount
            ),
            recursive := true
        )
    from int_customer_retention
    semi join periods
        on int_customer_retention.period_type = periods.period_type
        and int_customer_retention.period_start = periods.period_start
    where not int_customer_retention.is_gap
),

terms as (
    select
        customer_key,
        due_month_start,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort,
        count(*) as due_count,
        count(*) filter (is_renewed) as renewed_count,
        count(*) filter (is_on_time) as on_time_count,
        count(*) filter (is_late_renewal) as late_renewal_count,
        count(*) filter (is_open) as open_count,
        count(*) filter (has_amounts) as valued_count,
        coalesce(sum(expiring_amount) filter (has_amounts), 0) as expiring_amount,
        coalesce(sum(retained_amount) filter (has_amounts), 0) as retained_amount,
        coalesce(sum(renewed_amount) filter (has_amounts), 0) as renewed_amount
    from fct_renewal
    where is_due
    group by all
),

renewal_parts as (
    select
        periods.period_type,
        periods.period_start,
        terms.customer_key,
        terms.segment,
        terms.region,
        terms.industry,
        terms.size_band,
        terms.owner_employee_key,
        terms.acquisition_cohort,
        unnest(
            renewal_kpis(
                due_count,
                renewed_count,
                on_time_count,
                late_renewal_count,
                open_count,
                valued_count,
                expiring_amount,
                retained_amount,
                renewed_amount
            ),
            recursive := true
        )
    from periods
    inner join terms -- each month counts in every period that it lies in
        on terms.due_month_start >= periods.period_start
        and terms.due_month_start < periods.period_end
),

-- What work brought in and cost; work for no single customer is its own contribution.
margins as (
    select
        customer_key,
        month_start,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        coalesce(
            month_label(acquisition_month_start),
            case when customer_key is null then 'unassigned' else 'unknown' end
        ) as acquisition_cohort,
        unnest(case margin_type
            when 'services' then [{
                'kpi': 'services_gross_margin',
                'numerator': revenue_amount - cost_amount,
                'denominator': revenue_amount,
                'n': cast(is_first_month as bigint)
            }]
            when 'subscription' then [{
                'kpi': 'subscription_gross_margin',
                'numerator': -cost_amount,
                'denominator': cast(0 as decimal(18, 4)),
                'n': cast(0 as bigint)
            }]
            when 'customer_success'
            then case
                when getvariable('customer_success_in_cost')
                then [{
                    'kpi': 'services_gross_margin',
                    'numerator': -cost_amount,
                    'denominator': cast(0 as decimal(18, 4)),
                    'n': cast(0 as bigint)
                }]
            end
        end, recursive := true)
    from fct_service_delivery_month
    union all by name
    select
        * exclude (opening_mrr_amount, mrr_amount, committed_mrr_amount),
        'subscription_gross_margin' as kpi,
        mrr_amount as numerator,
        mrr_amount as denominator,
        1 as n
    from customer_months
    where mrr_amount > 0
),

margin_parts as (
    select
        periods.period_type,
        periods.period_start,
        margins.* exclude (month_start)
    from periods
    inner join margins -- each month counts in every period that it lies in
        on margins.month_start >= periods.period_start
        and margins.month_start < periods.period_end
),

lifetime_parts as (
    select
        'month' as period_type,
        month_day(last_month()) as period_start,
        customer_key,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort,
        cast(collected_amount > 0 as bigint) as is_collected,
        cast(predicted_amount is not null as bigint) as is_predicted,
        unnest([
            {
                'kpi': 'historic_lifetime_value',
                'numerator': is_collected * historic_amount,
                'denominator': is_collected,
                'n': is_collected
            },
            {
                'kpi': 'predicted_lifetime_value',
                'numerator': coalesce(predicted_amount, 0),
                'denominator': is_predicted,
                'n': is_predicted
            }
        ], recursive := true)
    from fct_customer_lifetime_value
),

-- The answers that stand at the end of the period.
answer_parts as (
    select
        periods.period_type,
        periods.period_start,
        answers.customer_key,
        answers.counted_by,
        answers.segment,
        answers.region,
        answers.industry,
        answers.size_band,
        answers.survey_id,
        answers.journey_step,
        answers.channel,
        unnest(case answers.survey_type
            when 'nps' then [{
                'kpi': 'nps_' || survey_kind,
                'numerator': cast(
                    100 * (cast(is_hit as bigint) - cast(is_detractor as bigint)) as decimal(18, 4)
                )
            }]
            when 'csat' then [
                {'kpi': 'csat_' || survey_kind, 'numerator': cast(is_hit as decimal(18, 4))},
                {'kpi': 'csat_mean_' || survey_kind, 'numerator': score}
            ]
            when 'ces' then [
                {'kpi': 'ces_' || survey_kind, 'numerator': score},
                {
                    'kpi': 'ces_easy_rate_' || survey_kind,
                    'numerator': cast(is_hit as decimal(18, 4))
                }
            ]
        end, recursive := true),
        1 as denominator,
        1 as n
    from periods
    inner join int_survey_answer_standing as answers
        on answers.answered_month >= periods.period_start
        and answers.answered_month < periods.period_end
        and answers.standing_from <= periods.closing_month_start
        and coalesce(answers.standing_until > periods.closing_month_start, true)
),

deliveries as (
    select
        *,
        unnest(survey_countings(survey_id, journey_step, channel), recursive := true)
    from int_survey_delivery
    where exclusion_reason is null
),

delivery_parts as (
    select
        periods.period_type,
        periods.period_start,
        deliveries.customer_key,
        deliveries.counted_by,
        deliveries.segment,
        deliveries.region,
        deliveries.industry,
        deliveries.size_band,
        deliveries.survey_id,
        deliveries.journey_step,
        deliveries.channel,
        deliveries.survey_type || '_response_rate_' || deliveries.survey_kind as kpi,
        cast(deliveries.is_answered as bigint) as numerator,
        1 as denominator,
        1 as n
    from periods
    inner join deliveries -- those that were not withdrawn by the end of the period
        on deliveries.sent_month >= periods.period_start
        and deliveries.sent_month < periods.period_end
        and deliveries.sent_month <= periods.closing_month_start
        and coalesce(deliveries.withdrawn_month > periods.closing_month_start, true)
),

survey_records as (
    select * from answer_parts
    union all by name
    select * from delivery_parts
),

-- Survey, step and channel tell contributions apart only where people are counted by them.
survey_parts as (
    select
        * replace (
            coalesce(segment, 'unknown') as segment,
            coalesce(region, 'unknown') as region,
            coalesce(industry, 'unknown') as industry,
            coalesce(size_band, 'unknown') as size_band,
            case when counted_by = 'survey_id' then coalesce(survey_id, 'unknown') end
                as survey_id,
            case when counted_by = 'journey_step' then coalesce(journey_step, 'unknown') end
                as journey_step,
            case when counted_by = 'channel' then coalesce(channel, 'unknown') end as channel
        )
    from survey_records
),

-- Of these a customer has several, of several months or records.
parts as (
    select * from paying_parts
    union all by name
    select * from opening_parts
    union all by name
    select * from movement_parts
    union all by name
    select * from renewal_parts
    union all by name
    select * from margin_parts
    union all by name
    select * from survey_parts
),

sums as (
    select
        kpi,
        period_type,
        period_start,
        customer_key,
        coalesce(counted_by, 'customer') as counted_by,
        segment,
        region,
        industry,
        size_band,
        owner_employee_key,
        acquisition_cohort,
        survey_id,
        journey_step,
        channel,
        sum(cast(numerator as decimal(18, 4))) as numerator,
        sum(cast(denominator as decimal(18, 4))) as denominator,
        sum(n) as n
    from parts
    group by all
),

-- And of these one for each period.
contributions as (
    select * from sums
    union all by name
    select
        *,
        'customer' as counted_by
    from closing_parts
    union all by name
    select
        * exclude (retained_count, retained_mrr_amount),
        'customer' as counted_by
    from retention_parts
    union all by name
    select
        * exclude (is_collected, is_predicted),
        'customer' as counted_by
    from lifetime_parts
),

final as (
    select
        -- keys
        contributions.kpi,
        contributions.period_type,
        contributions.period_start,
        kpi_periods.period_end,
        contributions.customer_key,
        contributions.counted_by,

        -- attributes
        contributions.segment,
        contributions.region,
        contributions.industry,
        contributions.size_band,
        contributions.owner_employee_key,
        contributions.acquisition_cohort,
        contributions.plan_name,
        contributions.survey_id,
        contributions.journey_step,
        contributions.channel,

        -- measures
        cast(contributions.numerator as decimal(18, 4)) as numerator,
        cast(contributions.denominator as decimal(18, 4)) as denominator,
        cast(contributions.n as bigint) as n
    from contributions
    inner join kpi_periods -- what fct_kpi does not list has no contributions
        on contributions.kpi = kpi_periods.kpi
        and contributions.period_type = kpi_periods.period_type
        and contributions.period_start = kpi_periods.period_start
    where contributions.numerator <> 0 or contributions.denominator <> 0 or contributions.n <> 0
)

select * from final
