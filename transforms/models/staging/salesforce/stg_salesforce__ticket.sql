-- Grain: one row per case and reading of it.
-- Scope: company
with

records as (
    select
        origin,
        json_transform(
            payload,
            '{
                "Id": "VARCHAR", "MasterRecordId": "VARCHAR", "AccountId": "VARCHAR", "ContactId": "VARCHAR",
                "OwnerId": "VARCHAR", "SuppliedEmail": "VARCHAR", "ContactEmail": "VARCHAR", "Subject": "VARCHAR",
                "Type": "VARCHAR", "Reason": "VARCHAR", "Origin": "VARCHAR", "Priority": "VARCHAR", "Status": "VARCHAR",
                "IsClosed": "VARCHAR", "CreatedDate": "VARCHAR", "ClosedDate": "VARCHAR"
            }'
        ) as ticket
    from raw.salesforce__case
),

final as (
    select
        case when ticket.MasterRecordId is null then origin else salesforce_merge_origin(origin) end
            as origin,
        -- keys
        'salesforce' as source,
        ticket.Id as ticket_id,
        ticket.AccountId as customer_id,
        ticket.ContactId as contact_id,
        salesforce_user(ticket.OwnerId) as assignee_employee_id,
        ticket.MasterRecordId as merged_into_ticket_id,

        -- attributes
        coalesce(ticket.SuppliedEmail, ticket.ContactEmail) as requester_email,
        ticket.Subject as subject,
        lower(ticket.Type) as ticket_type,
        lower(ticket.Reason) as topic,
        lower(ticket.Origin) as channel,
        case when salesforce_user(ticket.OwnerId) is null then ticket.OwnerId end as team,
        salesforce_priority(ticket.Priority) as priority,
        case when ticket.IsClosed = 'true' then 'closed' else salesforce_case_status(ticket.Status) end
            as status,

        -- times
        salesforce_instant(ticket.CreatedDate) as created_at,
        case when ticket.IsClosed = 'true' then salesforce_instant(ticket.ClosedDate) end
            as solved_at,
        case when ticket.IsClosed = 'true' then salesforce_instant(ticket.ClosedDate) end
            as closed_at,
        origin.updated_at as updated_at
    from records
)

select * from final
