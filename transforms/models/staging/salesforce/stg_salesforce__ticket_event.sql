-- Grain: one row per case made, and change of its status, priority or owner.
-- Scope: company
with

histories as (
    select
        origin,
        json_transform(
            payload,
            '{
                "Id": "VARCHAR", "CaseId": "VARCHAR", "CreatedById": "VARCHAR", "CreatedDate": "VARCHAR",
                "Field": "VARCHAR", "OldValue": "VARCHAR", "NewValue": "VARCHAR"
            }'
        ) as change
    from raw.salesforce__case_history
),

-- Of an owner there are two records, one with names and one with ids, which alone is used.
events as (
    select
        origin,
        change,
        case
            when change.Field = 'created' then 'created'
            when change.Field = 'Status' then 'status'
            when change.Field = 'Priority' then 'priority'
            when change.Field in ('Owner', 'ownerAssignment', 'ownerAccepted', 'ownerEscalated')
            then 'assignee'
        end as event_type
    from histories
),

valued_events as (
    select
        origin,
        change,
        event_type,
        case event_type
            when 'status' then salesforce_case_status(change.OldValue)
            when 'priority' then salesforce_priority(change.OldValue)
            when 'assignee' then salesforce_user(change.OldValue)
        end as old_value,
        case event_type
            when 'status' then salesforce_case_status(change.NewValue)
            when 'priority' then salesforce_priority(change.NewValue)
            when 'assignee' then salesforce_user(change.NewValue)
        end as new_value
    from events
),

final as (
    select
        origin,
        -- keys
        'salesforce' as source,
        change.Id as ticket_event_id,
        change.CaseId as ticket_id,
        salesforce_user(change.CreatedById) as author_employee_id,

        -- attributes
        event_type,
        old_value,
        new_value,

        -- times
        salesforce_instant(change.CreatedDate) as occurred_at
    from valued_events
    where event_type = 'created' or old_value is distinct from new_value
)

select * from final
