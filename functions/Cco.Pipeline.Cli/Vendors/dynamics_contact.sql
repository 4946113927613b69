-- A contact of an account.
select
    contact_id as id,
    seconds(updated_at) as modified_second,
    {
        'contactid': contact_id,
        'fullname': name,
        'emailaddress1': email,
        'accountrolecode': case role when 'decision_maker' then 1 end,
        '_parentcustomerid_value': customer_id,
        '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
        'donotbulkemail': false,
        'donotemail': false,
        'statecode': 0,
        'createdon': created_at,
        'modifiedon': updated_at
    }::json as json
from contact
group by all
