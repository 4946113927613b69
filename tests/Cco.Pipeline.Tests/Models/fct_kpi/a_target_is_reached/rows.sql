segment_dimension = 'all'
and period_start = '2025-01-01'
and period_type in ('month', 'trailing_12_months')
and kpi in ('net_revenue_retention', 'logo_churn')
