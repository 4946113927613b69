-- A case: as each time that the sample tells of it, and last in the recycle bin, where it was deleted
-- or merged into another.
with

tickets as (
    from ticket
    group by all
),

states as (
    select
        *,
        updated_at as changed_at,
        null as master_id,
        false as is_deleted
    from tickets
    union all by name
    select
        *,
        cleaned_at() as changed_at,
        merged_into_ticket_id as master_id,
        true as is_deleted
    from tickets
    where deleted_at is not null or merged_into_ticket_id is not null
    qualify row_number() over (partition by ticket_id order by updated_at desc) = 1
)

select
    ticket_id as id,
    seconds(changed_at) as changed_second,
    {
        'Id': ticket_id,
        'IsDeleted': is_deleted,
        'MasterRecordId': master_id,
        'AccountId': customer_id,
        'ContactId': contact_id,
        'ContactEmail': case when contact_id is not null then requester_email end,
        'SuppliedEmail': case when contact_id is null then requester_email end,
        'Type': capitalised(ticket_type),
        'Status': case_status(status),
        'Reason': capitalised(topic),
        'Origin': capitalised(channel),
        'Subject': subject,
        'Priority': case_priority(priority),
        'IsClosed': status = 'closed',
        'ClosedDate': rest_instant(closed_at),
        'OwnerId': user_id(assignee_employee_id),
        'CreatedDate': rest_instant(created_at),
        'SystemModstamp': rest_instant(changed_at)
    }::json as json
from states
