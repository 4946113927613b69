segment_dimension = 'all' and period_type = 'trailing_12_months' and period_end >= '2025-12-01'
