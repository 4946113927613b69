kpi in ('mrr', 'net_revenue_retention')
