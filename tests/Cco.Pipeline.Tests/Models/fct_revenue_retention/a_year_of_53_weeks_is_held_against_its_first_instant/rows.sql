segment_dimension = 'all' and period_end >= date '2025-12-28'
