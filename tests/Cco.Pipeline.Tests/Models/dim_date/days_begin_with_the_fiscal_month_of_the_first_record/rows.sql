calendar_date <= date '2025-04-01'
