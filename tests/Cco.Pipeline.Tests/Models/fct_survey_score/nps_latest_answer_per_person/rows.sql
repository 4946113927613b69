segment_dimension = 'all' and period_type <> 'fiscal_year'
