segment_dimension = 'all' and period_type in ('quarter', 'fiscal_year')
