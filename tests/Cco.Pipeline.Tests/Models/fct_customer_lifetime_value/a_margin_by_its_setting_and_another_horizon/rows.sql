customer_key in ('file:a', 'file:e', 'file:g', 'file:h')
