period_type = 'month' and period_start = '2025-11-01' and segment_dimension in ('all', 'region')
