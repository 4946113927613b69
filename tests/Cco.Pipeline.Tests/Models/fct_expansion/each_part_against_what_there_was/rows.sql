month_start = date '2025-02-01'
and segment_dimension in ('all', 'segment')
and movement_part in ('all', 'upsell', 'cross_sell', 'price', 'discount_expiry')
