calendar_date in (date '2025-06-30', date '2025-07-01', date '2025-12-31')
