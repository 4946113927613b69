select
    customer_link.customer_id,
    customer_link.linked_source,
    customer_link.linked_customer_id
from customer_link
anti join customer using (source, customer_id)
where customer_link.source = 'ms'
