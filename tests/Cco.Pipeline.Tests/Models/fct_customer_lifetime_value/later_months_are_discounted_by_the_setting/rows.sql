customer_key in ('file:a', 'file:c', 'file:e')
