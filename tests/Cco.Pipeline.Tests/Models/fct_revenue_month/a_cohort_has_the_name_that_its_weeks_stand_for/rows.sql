segment_dimension = 'acquisition_cohort'
