-- A subscription after each of its changes.
select subscription_id as id, changed_at as updated_at, subscription::json as json
from subscription_state
