period_type = 'quarter' and kpi in ('mrr', 'new_mrr', 'expansion_mrr', 'net_new_mrr')
