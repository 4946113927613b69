-- A contract that was activated, with its last day.
select
    contract_term_id as id,
    seconds(updated_at) as changed_second,
    {
        'Id': contract_term_id,
        'IsDeleted': false,
        'AccountId': customer_id,
        'Status': 'Activated',
        'StatusCode': 'Activated',
        'StartDate': start_date,
        'EndDate': cast(cast(end_date as date) - 1 as varchar),
        'ContractTerm': cast(term_months as bigint),
        'CustomerSignedDate': signed_at[:10],
        'ActivatedDate': rest_instant(signed_at),
        'CreatedDate': rest_instant(signed_at),
        'SystemModstamp': rest_instant(updated_at)
    }::json as json
from contract_term
group by all
