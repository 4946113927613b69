-- A contact of an account, and last in the recycle bin, where it was deleted.
with

people as (
    from contact
    group by all
),

states as (
    select
        *,
        updated_at as changed_at,
        false as is_deleted
    from people
    union all by name
    select
        *,
        cleaned_at() as changed_at,
        true as is_deleted
    from people
    where deleted_at is not null
)

select
    contact_id as id,
    seconds(changed_at) as changed_second,
    {
        'Id': contact_id,
        'IsDeleted': is_deleted,
        'MasterRecordId': null,
        'AccountId': customer_id,
        'FirstName': split_part(name, ' ', 1),
        'LastName': name[instr(name, ' ') + 1:],
        'Name': name,
        'Email': email,
        'Title': job_title,
        'HasOptedOutOfEmail': false,
        'CreatedDate': rest_instant(created_at),
        'SystemModstamp': rest_instant(changed_at)
    }::json as json
from states
