segment_dimension = 'all' and period_type = 'month'
