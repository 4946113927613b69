period_type in ('quarter', 'fiscal_year')
