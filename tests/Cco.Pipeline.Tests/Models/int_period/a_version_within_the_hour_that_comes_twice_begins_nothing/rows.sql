period_type = 'fiscal_year'
