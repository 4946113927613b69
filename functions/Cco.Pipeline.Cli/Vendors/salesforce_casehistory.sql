-- That a case was made, and each change of its status, priority or owner. Of an owner there are two
-- records: with names, and with ids.
with

changes as (
    select
        ticket_event.*,
        coalesce(user_id(author_employee_id), automation_id()) as author_id,
        case event_type
            when 'status' then case_status(old_value)
            when 'priority' then case_priority(old_value)
            when 'assignee' then coalesce(user_id(old_value), queue_id())
        end as from_value,
        case event_type
            when 'status' then case_status(new_value)
            when 'priority' then case_priority(new_value)
            when 'assignee' then user_id(new_value)
        end as to_value
    from ticket_event
    where event_type in ('created', 'status', 'priority', 'assignee')
    group by all
),

names as (
    select
        user_id(employee_id) as id,
        any_value(name) as name
    from employee
    group by all
),

records as (
    select
        ticket_event_id as record_id,
        *,
        case event_type when 'assignee' then 'EntityId' else 'Text' end as data_type
    from changes
    union all by name
    select
        ticket_event_id || '-name' as record_id,
        changes.* replace (
            coalesce(old_names.name, 'Support') as from_value,
            new_names.name as to_value
        ),
        'Text' as data_type
    from changes
    left join names as old_names on changes.from_value = old_names.id
    left join names as new_names on changes.to_value = new_names.id
    where event_type = 'assignee'
)

select
    record_id as id,
    seconds(occurred_at) as changed_second,
    {
        'Id': record_id,
        'IsDeleted': false,
        'CaseId': ticket_id,
        'CreatedById': author_id,
        'CreatedDate': rest_instant(occurred_at),
        'Field': case event_type
            when 'assignee' then 'Owner'
            when 'created' then 'created'
            else capitalised(event_type)
        end,
        'DataType': data_type,
        'OldValue': from_value,
        'NewValue': to_value
    }::json as json
from records
