segment_dimension = 'all' and period_type in ('month', 'quarter')
