segment_dimension in ('all', 'segment')
