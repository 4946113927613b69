segment_dimension = 'all'
and period_type in ('month', 'quarter')
and kpi in (
    'mrr', 'arr', 'paying_customer_count', 'arpa', 'new_mrr', 'churned_mrr', 'net_new_mrr',
    'net_revenue_retention'
)
