kpi in ('logo_churn', 'nps_relationship')
