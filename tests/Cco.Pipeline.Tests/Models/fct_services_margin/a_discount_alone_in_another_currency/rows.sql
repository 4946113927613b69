period_type = 'month' and segment_dimension = 'all' and period_start = date '2025-01-01'
