-- Grain: one row per KPI, period and segment.
-- Scope: company
-- Decisions: "One table of KPIs", "Missing loads".
with

definitions as (
    select * from dim_kpi
),

revenue_months as (
    select
        *,
        month_number(month_start) as month_number
    from fct_revenue_month
),

months as (
    select
        unnest(range(min(month_number), last_month() + 1)) as month_number,
        min(month_number) as first_month
    from revenue_months
),

-- Twelve months are listed where there are twelve months of data.
month_periods as (
    select
        first_month,
        unnest(periods_of(month_number), recursive := true)
    from months
),

periods as (
    select distinct
        period_type,
        start_month,
        end_month,
        least(end_month - 1, last_month()) as closing_month
    from month_periods
    where period_type <> 'trailing_12_months' or start_month >= first_month
),

-- Movements of all months of the period, and what there is at its end.
revenue_periods as (
    select
        periods.period_type,
        month_day(periods.start_month) as period_start,
        month_day(periods.end_month) as period_end,
        revenue_months.segment_dimension,
        revenue_months.segment_value,
        sum(revenue_months.new_customer_count) as new_count,
        sum(revenue_months.new_amount) as new_amount,
        sum(revenue_months.returned_customer_count) as returned_count,
        sum(revenue_months.returned_amount) as returned_amount,
        sum(revenue_months.expansion_customer_count) as expansion_count,
        sum(revenue_months.expansion_amount) as expansion_amount,
        sum(revenue_months.contraction_customer_count) as contraction_count,
        sum(revenue_months.contraction_amount) as contraction_amount,
        sum(revenue_months.churned_customer_count) as churned_count,
        sum(revenue_months.churned_amount) as churned_amount,
        sum(
            revenue_months.mrr_amount - revenue_months.opening_mrr_amount - revenue_months.fx_amount
            - revenue_months.gap_amount
        ) as net_new_amount,
        coalesce(sum(revenue_months.gap_customer_count) filter (
            revenue_months.month_number = periods.closing_month
        ), 0) > 0 as is_gap,
        coalesce(sum(revenue_months.customer_count) filter (
            revenue_months.month_number = periods.closing_month
        ), 0) as customer_count,
        coalesce(sum(revenue_months.mrr_amount) filter (
            revenue_months.month_number = periods.closing_month
        ), 0) as mrr_amount,
        coalesce(sum(revenue_months.committed_mrr_amount) filter (
            revenue_months.month_number = periods.closing_month
        ), 0) as committed_mrr_amount
    from periods
    inner join revenue_months -- each month counts in every period that it lies in
        on revenue_months.month_number >= periods.start_month
        and revenue_months.month_number < periods.end_month
    group by all
),

-- What a load is missing of is not known.
known_revenue_periods as (
    select
        * replace (
            case when not is_gap then mrr_amount end as mrr_amount,
            case when not is_gap then committed_mrr_amount end as committed_mrr_amount
        ),
        case when not is_gap then customer_count end as known_customer_count
    from revenue_periods
),

revenue_measures as (
    select
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        period_end <= getvariable('as_of') as is_complete,
        unnest([
            {'kpi': 'mrr', 'numerator': mrr_amount, 'denominator': null, 'n': customer_count},
            {'kpi': 'arr', 'numerator': 12 * mrr_amount, 'denominator': null, 'n': customer_count},
            {
                'kpi': 'committed_mrr',
                'numerator': committed_mrr_amount,
                'denominator': null,
                'n': customer_count
            },
            {
                'kpi': 'paying_customer_count',
                'numerator': known_customer_count,
                'denominator': null,
                'n': customer_count
            },
            {
                'kpi': 'arpa',
                'numerator': mrr_amount,
                'denominator': customer_count,
                'n': customer_count
            },
            {'kpi': 'new_mrr', 'numerator': new_amount, 'denominator': null, 'n': new_count},
            {
                'kpi': 'returned_mrr',
                'numerator': returned_amount,
                'denominator': null,
                'n': returned_count
            },
            {
                'kpi': 'expansion_mrr',
                'numerator': expansion_amount,
                'denominator': null,
                'n': expansion_count
            },
            {
                'kpi': 'contraction_mrr',
                'numerator': contraction_amount,
                'denominator': null,
                'n': contraction_count
            },
            {
                'kpi': 'churned_mrr',
                'numerator': churned_amount,
                'denominator': null,
                'n': churned_count
            },
            {
                'kpi': 'net_new_mrr',
                'numerator': net_new_amount,
                'denominator': null,
                'n': customer_count
            }
        ], recursive := true)
    from known_revenue_periods
),

-- The end of twelve months is the end of a month, which has its row.
listed_revenue_measures as (
    select *
    from revenue_measures
    where period_type <> 'trailing_12_months'
        or kpi not in ('mrr', 'arr', 'committed_mrr', 'paying_customer_count', 'arpa')
),

-- Against what the segment paid when the period began, in its first month.
expansion_periods as (
    select
        periods.period_type,
        month_day(periods.start_month) as period_start,
        month_day(periods.end_month) as period_end,
        expansions.segment_dimension,
        expansions.segment_value,
        expansions.movement_part,
        sum(expansions.customer_count) as expansion_count,
        sum(expansions.expansion_amount) as expansion_amount,
        coalesce(sum(expansions.opening_customer_count) filter (
            expansions.month_start = month_day(periods.start_month)
        ), 0) as opening_count,
        coalesce(sum(expansions.opening_gap_customer_count) filter (
            expansions.month_start = month_day(periods.start_month)
        ), 0) > 0 as is_gap,
        coalesce(sum(expansions.opening_mrr_amount) filter (
            expansions.month_start = month_day(periods.start_month)
        ), 0) as opening_mrr_amount
    from periods
    inner join fct_expansion as expansions -- each month counts in every period that it lies in
        on expansions.month_start >= month_day(periods.start_month)
        and expansions.month_start < month_day(periods.end_month)
    where expansions.movement_part in ('all', 'upsell', 'cross_sell', 'price')
    group by all
),

expansion_measures as (
    select
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        period_end <= getvariable('as_of') as is_complete,
        case
            when movement_part = 'all' then 'expansion_rate' else movement_part || '_mrr'
        end as kpi,
        case when movement_part <> 'all' or not is_gap then expansion_amount end as numerator,
        case when movement_part = 'all' then opening_mrr_amount end as denominator,
        case when movement_part = 'all' then opening_count else expansion_count end as n
    from expansion_periods
),

known_retentions as (
    select * replace (
        case when gap_customer_count = 0 then retained_customer_count end
            as retained_customer_count,
        case when gap_customer_count = 0 then closing_mrr_amount end as closing_mrr_amount,
        case when gap_customer_count = 0 then retained_mrr_amount end as retained_mrr_amount
    )
    from fct_revenue_retention
),

retention_measures as (
    select
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        true as is_complete,
        unnest(
            retention_kpis(
                customer_count,
                retained_customer_count,
                opening_mrr_amount,
                closing_mrr_amount,
                retained_mrr_amount
            ),
            recursive := true
        )
    from known_retentions
),

renewal_measures as (
    select
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        is_complete,
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
    from fct_renewal_rate
),

margin_measures as (
    select
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        is_complete,
        sum(subscription_cost_amount) over (partition by period_type, period_start) <> 0
            as has_subscription_cost,
        unnest([
            {
                'kpi': 'services_gross_margin',
                'numerator': services_margin_amount,
                'denominator': services_revenue_amount,
                'n': delivery_count
            },
            {
                'kpi': 'subscription_gross_margin',
                'numerator': subscription_margin_amount,
                'denominator': subscription_revenue_amount,
                'n': customer_month_count
            }
        ], recursive := true)
    from fct_services_margin
),

-- Where nobody recorded what subscriptions cost, nothing is known of their margin; else it is listed where there is
-- revenue or cost.
listed_margin_measures as (
    select * exclude (has_subscription_cost)
    from margin_measures
    where (numerator <> 0 or denominator <> 0)
        and (has_subscription_cost or kpi <> 'subscription_gross_margin')
),

lifetime_values as (
    select
        *,
        coalesce(month_label(acquisition_month_start), 'unknown') as acquisition_cohort
    from fct_customer_lifetime_value
),

-- As of the last month alone, in today's segments.
lifetime_sums as (
    select
        case
            when grouping(segment) = 0 then 'segment'
            when grouping(region) = 0 then 'region'
            when grouping(industry) = 0 then 'industry'
            when grouping(size_band) = 0 then 'size_band'
            when grouping(owner_employee_key) = 0 then 'owner'
            when grouping(acquisition_cohort) = 0 then 'acquisition_cohort'
            else 'all'
        end as segment_dimension,
        coalesce(
            segment, region, industry, size_band, owner_employee_key, acquisition_cohort, 'all'
        ) as segment_value,
        count(*) filter (collected_amount > 0) as collected_count,
        sum(historic_amount) filter (collected_amount > 0) as historic_amount,
        count(predicted_amount) as predicted_count,
        sum(predicted_amount) as predicted_amount
    from lifetime_values
    group by grouping sets (
        (), (segment), (region), (industry), (size_band), (owner_employee_key), (acquisition_cohort)
    )
),

lifetime_measures as (
    select
        'month' as period_type,
        month_day(last_month()) as period_start,
        month_day(last_month() + 1) as period_end,
        segment_dimension,
        segment_value,
        month_day(last_month() + 1) <= getvariable('as_of') as is_complete,
        unnest([
            {
                'kpi': 'historic_lifetime_value',
                'numerator': historic_amount,
                'denominator': collected_count,
                'n': collected_count
            },
            {
                'kpi': 'predicted_lifetime_value',
                'numerator': predicted_amount,
                'denominator': predicted_count,
                'n': predicted_count
            }
        ], recursive := true)
    from lifetime_sums
),

listed_lifetime_measures as (
    select *
    from lifetime_measures
    where denominator > 0
),

survey_measures as (
    select
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,
        is_complete,
        survey_kind,
        unnest([
            {
                'measure': survey_type,
                'numerator': case survey_type
                    when 'nps' then 100 * (promoter_count - detractor_count)
                    when 'csat' then top_box_count
                    when 'ces' then score_sum
                end,
                'denominator': answered_count,
                'n': answered_count
            },
            {
                'measure': case survey_type
                    when 'csat' then 'csat_mean'
                    when 'ces' then 'ces_easy_rate'
                end,
                'numerator': case survey_type
                    when 'csat' then score_sum
                    when 'ces' then top_box_count
                end,
                'denominator': answered_count,
                'n': answered_count
            },
            {
                'measure': survey_type || '_response_rate',
                'numerator': responded_count,
                'denominator': delivered_count,
                'n': delivered_count
            }
        ], recursive := true)
    from fct_survey_score
),

named_survey_measures as (
    select
        * exclude (survey_kind, measure),
        measure || '_' || survey_kind as kpi
    from survey_measures
    where measure is not null
),

measures as (
    select * from listed_revenue_measures
    union all by name
    select * from expansion_measures
    union all by name
    select * from retention_measures
    union all by name
    select * from renewal_measures
    union all by name
    select * from listed_margin_measures
    union all by name
    select * from listed_lifetime_measures
    union all by name
    select * from named_survey_measures
),

valued_measures as (
    select
        * replace (
            cast(numerator as decimal(18, 4)) as numerator,
            cast(denominator as decimal(18, 4)) as denominator
        ),
        case
            when denominator is null then cast(numerator as double)
            else cast(numerator as double) / nullif(cast(denominator as double), 0)
        end as value
    from measures
),

targeted_measures as (
    select
        valued_measures.*,
        definitions.unit,
        definitions.direction,
        definitions.definition_version,
        case
            when coalesce(definitions.target_period = valued_measures.period_type, true)
            then definitions.target_value
        end as target_value
    from valued_measures
    left join definitions on valued_measures.kpi = definitions.kpi
),

final as (
    select
        -- keys
        kpi,
        period_type,
        period_start,
        period_end,
        segment_dimension,
        segment_value,

        -- attributes
        unit,
        case when unit = 'money' then getvariable('reporting_currency') end as currency,
        case
            when numerator is null then 'missing_load'
            when target_value is null then 'no_target'
            when value is null then 'no_value'
            when value = target_value or (value > target_value) = (direction = 'up')
            then 'on_target'
            else 'off_target'
        end as status,

        -- flags
        is_complete,

        -- measures
        numerator,
        denominator,
        value,
        cast(n as bigint) as n,
        target_value,
        definition_version
    from targeted_measures
)

select * from final
