segment_dimension = 'all' and period_type = 'trailing_12_months' and unit = 'ratio'
