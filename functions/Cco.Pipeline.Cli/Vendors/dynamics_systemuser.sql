-- A user, whose business unit is the team.
select
    employee_id as id,
    seconds(updated_at) as modified_second,
    {
        'systemuserid': employee_id,
        'fullname': name,
        'internalemailaddress': email,
        'isdisabled': is_active = 'false',
        'applicationid': null,
        '_businessunitid_value@OData.Community.Display.V1.FormattedValue': team,
        'modifiedon': updated_at
    }::json as json
from employee
group by all
