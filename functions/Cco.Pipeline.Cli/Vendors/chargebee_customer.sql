-- A customer after each of its changes.
select customer_id as id, changed_at as updated_at, {'customer': customer}::json as json
from customer_state
