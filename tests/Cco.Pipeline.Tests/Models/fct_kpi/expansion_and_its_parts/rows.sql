segment_dimension = 'all'
and period_start = date '2025-01-01'
and kpi in ('expansion_mrr', 'expansion_rate', 'upsell_mrr', 'cross_sell_mrr', 'price_mrr')
or segment_dimension = 'all'
and period_type = 'month'
and period_start in (date '2024-12-01', date '2025-03-01')
and kpi = 'expansion_rate'
