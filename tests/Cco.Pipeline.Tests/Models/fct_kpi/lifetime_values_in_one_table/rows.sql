segment_dimension in ('all', 'segment')
and kpi in ('historic_lifetime_value', 'predicted_lifetime_value')
