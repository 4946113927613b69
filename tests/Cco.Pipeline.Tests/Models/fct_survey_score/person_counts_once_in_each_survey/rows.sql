period_type = 'quarter' and segment_dimension in ('all', 'segment', 'survey_id', 'channel')
