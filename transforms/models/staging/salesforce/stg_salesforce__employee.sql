-- Grain: one row per user and change that was read.
-- Scope: company
with

users as (
    select
        origin,
        json_transform(
            payload,
            '{
                "Id": "VARCHAR", "ManagerId": "VARCHAR", "Name": "VARCHAR", "Email": "VARCHAR", "Department": "VARCHAR",
                "Title": "VARCHAR", "TimeZoneSidKey": "VARCHAR", "UserType": "VARCHAR", "IsActive": "VARCHAR"
            }'
        ) as person
    from raw.salesforce__user
),

final as (
    select
        origin,
        -- keys
        'salesforce' as source,
        person.Id as employee_id,
        -- When the user changed last: since then it is as it was read.
        origin.updated_at as valid_from,
        person.ManagerId as manager_employee_id,

        -- attributes
        person.Name as name,
        person.Email as email,
        person.Department as team,
        person.Title as role,
        person.TimeZoneSidKey as time_zone,

        -- flags
        person.IsActive as is_active
    from users
    -- The others are customers and partners with a login, and automations.
    where person.UserType = 'Standard'
)

select * from final
