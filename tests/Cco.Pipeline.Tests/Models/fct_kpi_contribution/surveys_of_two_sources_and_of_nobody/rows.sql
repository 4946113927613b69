period_type = 'month' and counted_by in ('customer', 'survey_id') and n > 0
