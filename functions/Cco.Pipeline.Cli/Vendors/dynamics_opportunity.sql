-- An opportunity with its currency.
select
    opportunity_id as id,
    seconds(updated_at) as modified_second,
    {
        'opportunityid': opportunity_id,
        'name': name,
        'statecode': case status when 'open' then 0 when 'won' then 1 when 'lost' then 2 end,
        'statuscode@OData.Community.Display.V1.FormattedValue': coalesce(loss_reason, status),
        'stepname': stage,
        'msdyn_forecastcategory': case forecast_category
            when 'pipeline' then 100000001
            when 'best_case' then 100000002
            when 'commit' then 100000003
            when 'closed' then 100000005
        end,
        'estimatedvalue': cast(amount as decimal(18, 4)),
        'actualvalue': case when status = 'won' then cast(amount as decimal(18, 4)) end,
        'closeprobability': cast(round(100 * cast(probability as decimal(18, 4))) as bigint),
        'estimatedclosedate': expected_close_date,
        'actualclosedate': cast(closed_at as varchar)[:10],
        '_customerid_value': customer_id,
        '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
        '_owninguser_value': owner_employee_id,
        'createdon': created_at,
        'modifiedon': updated_at,
        'transactioncurrencyid': {'isocurrencycode': currency}
    }::json as json
from opportunity
group by all
