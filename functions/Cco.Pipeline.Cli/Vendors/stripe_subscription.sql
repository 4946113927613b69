-- A subscription as it is now.
select
    subscription_id as id,
    subscription.created as created_at,
    subscription::json as json
from subscription_state
where is_latest
