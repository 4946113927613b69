-- Which numbers of fct_kpi something is part of. Decisions: "Contributions to a KPI".

-- The segments of fct_kpi that a row of fct_kpi_contribution counts in.
create macro contribution_segments(
    counted_by, segment, region, industry, size_band, owner_employee_key, acquisition_cohort,
    plan_name, survey_id, journey_step, channel
) as (
    list_filter(
        [
            {'counted_by': 'customer', 'dimension': 'all', 'value': 'all'},
            {'counted_by': 'customer', 'dimension': 'segment', 'value': segment},
            {'counted_by': 'customer', 'dimension': 'region', 'value': region},
            {'counted_by': 'customer', 'dimension': 'industry', 'value': industry},
            {'counted_by': 'customer', 'dimension': 'size_band', 'value': size_band},
            {'counted_by': 'customer', 'dimension': 'owner', 'value': owner_employee_key},
            {
                'counted_by': 'customer',
                'dimension': 'acquisition_cohort',
                'value': acquisition_cohort
            },
            {'counted_by': 'customer', 'dimension': 'plan', 'value': plan_name},
            {'counted_by': 'survey_id', 'dimension': 'survey_id', 'value': survey_id},
            {'counted_by': 'journey_step', 'dimension': 'journey_step', 'value': journey_step},
            {'counted_by': 'channel', 'dimension': 'channel', 'value': channel}
        ],
        lambda place: place.counted_by = counted_by and place.value is not null
    )
);

-- The KPIs that a movement of MRR counts in, the parts of expansion that are no KPI among them.
create macro movement_kpis(movement_type, movement_part) as (
    case movement_type
        when 'new' then ['net_new_mrr', 'new_mrr']
        when 'late_renewal' then ['net_new_mrr', 'returned_mrr']
        when 'reactivation' then ['net_new_mrr', 'returned_mrr']
        when 'contraction' then ['net_new_mrr', 'contraction_mrr']
        when 'churn' then ['net_new_mrr', 'churned_mrr']
        when 'expansion'
        then ['net_new_mrr', 'expansion_mrr', 'expansion_rate', movement_part || '_mrr']
        when 'fx' then []
        when 'gap' then []
        else ['net_new_mrr']
    end
);

-- The renewal rates that terms are part of, of one customer or of all.
create macro renewal_kpis(
    due_count, renewed_count, on_time_count, late_renewal_count, open_count, valued_count,
    expiring_amount, retained_amount, renewed_amount
) as (
    [
        {
            'kpi': 'renewal_rate',
            'numerator': renewed_count,
            'denominator': due_count,
            'n': due_count
        },
        {
            'kpi': 'renewal_rate_on_time',
            'numerator': on_time_count,
            'denominator': due_count,
            'n': due_count
        },
        {
            'kpi': 'renewal_rate_late',
            'numerator': late_renewal_count,
            'denominator': due_count,
            'n': due_count
        },
        {
            'kpi': 'renewal_rate_best_case',
            'numerator': renewed_count + open_count,
            'denominator': due_count,
            'n': due_count
        },
        {
            'kpi': 'gross_renewal_rate',
            'numerator': retained_amount,
            'denominator': expiring_amount,
            'n': valued_count
        },
        {
            'kpi': 'net_renewal_rate',
            'numerator': renewed_amount,
            'denominator': expiring_amount,
            'n': valued_count
        }
    ]
);

-- The retention rates that customers with MRR when a period began are part of, one of them or all.
create macro retention_kpis(
    customer_count, retained_count, opening_mrr_amount, closing_mrr_amount, retained_mrr_amount
) as (
    [
        {
            'kpi': 'net_revenue_retention',
            'numerator': closing_mrr_amount,
            'denominator': opening_mrr_amount,
            'n': customer_count
        },
        {
            'kpi': 'gross_revenue_retention',
            'numerator': retained_mrr_amount,
            'denominator': opening_mrr_amount,
            'n': customer_count
        },
        {
            'kpi': 'logo_retention',
            'numerator': retained_count,
            'denominator': customer_count,
            'n': customer_count
        },
        {
            'kpi': 'logo_churn',
            'numerator': customer_count - retained_count,
            'denominator': customer_count,
            'n': customer_count
        },
        {
            'kpi': 'gross_revenue_churn',
            'numerator': opening_mrr_amount - retained_mrr_amount,
            'denominator': opening_mrr_amount,
            'n': customer_count
        },
        {
            'kpi': 'net_revenue_churn',
            'numerator': opening_mrr_amount - closing_mrr_amount,
            'denominator': opening_mrr_amount,
            'n': customer_count
        }
    ]
);
