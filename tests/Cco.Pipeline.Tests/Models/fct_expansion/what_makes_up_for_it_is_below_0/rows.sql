segment_dimension = 'all' and (movement_part = 'all' or customer_count > 0)
