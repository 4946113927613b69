period_type = 'month' and (segment_dimension = 'all' or (segment_dimension = 'segment' and period_start = date '2025-03-01'))
