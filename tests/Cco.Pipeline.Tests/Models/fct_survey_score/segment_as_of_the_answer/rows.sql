period_type = 'fiscal_year' and segment_dimension in ('segment', 'region')
