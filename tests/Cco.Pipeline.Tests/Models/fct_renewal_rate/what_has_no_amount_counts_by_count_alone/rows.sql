period_type = 'month' and segment_dimension in ('all', 'segment', 'region')
