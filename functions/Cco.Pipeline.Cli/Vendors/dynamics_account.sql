-- An account, with the labels of its choices.
select
    customer_id as id,
    seconds(updated_at) as modified_second,
    {
        'accountid': customer_id,
        'name': name,
        'emailaddress1': null,
        'websiteurl': 'https://www.' || domain || '/',
        'industrycode@OData.Community.Display.V1.FormattedValue': industry,
        'customertypecode': case lifecycle_stage when 'prospect' then 8 else 3 end,
        'numberofemployees': cast(employee_count as bigint),
        'address1_country': country,
        '_owninguser_value': owner_employee_id,
        'merged': false,
        'createdon': created_at,
        'modifiedon': updated_at,
        'transactioncurrencyid': null
    }::json as json
from customer
group by all
