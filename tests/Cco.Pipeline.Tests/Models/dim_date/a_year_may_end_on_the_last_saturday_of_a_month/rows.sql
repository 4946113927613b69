calendar_date in (date '2022-09-24', date '2022-09-25', date '2022-12-24', date '2022-12-25', date '2023-09-30', date '2023-10-01', date '2024-09-28', date '2024-09-29')
