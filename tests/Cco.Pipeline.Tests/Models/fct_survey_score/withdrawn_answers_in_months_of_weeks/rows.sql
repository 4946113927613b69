segment_dimension = 'all'
