period_type = 'month' and period_start = '2025-11-01'
and kpi in ('services_gross_margin', 'subscription_gross_margin')
