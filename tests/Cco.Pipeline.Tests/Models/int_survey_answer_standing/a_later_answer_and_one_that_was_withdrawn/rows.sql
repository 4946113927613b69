counted_by in ('customer', 'survey_id')
