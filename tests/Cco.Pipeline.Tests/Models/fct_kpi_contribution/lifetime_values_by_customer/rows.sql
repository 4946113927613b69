kpi in ('historic_lifetime_value', 'predicted_lifetime_value')
