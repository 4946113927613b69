-- A term of a contract since it began, and since it ended, with the subscription it belongs to.
select
    contract_term_id as id,
    changed_at,
    {'parent': subscription_id, 'record': {'contract_term': contract_term}}::json as json
from term_state
