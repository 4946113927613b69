period_type = 'month' and period_start = '2025-04-01'
