period_type = 'month' and segment_dimension = 'all'
