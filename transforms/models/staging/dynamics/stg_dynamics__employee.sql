-- Grain: one row per user and change that was read.
-- Scope: company
with

users as (
    select
        origin,
        json_transform(
            payload,
            '{
                "systemuserid": "VARCHAR", "fullname": "VARCHAR", "internalemailaddress": "VARCHAR",
                "jobtitle": "VARCHAR", "title": "VARCHAR", "isdisabled": "BOOLEAN",
                "applicationid": "VARCHAR", "_parentsystemuserid_value": "VARCHAR",
                "_businessunitid_value@OData.Community.Display.V1.FormattedValue": "VARCHAR"
            }'
        ) as person
    from raw.dynamics__user
),

final as (
    select
        origin,
        -- keys
        'dynamics' as source,
        person.systemuserid as employee_id,
        -- When the user changed last: since then it is as it was read.
        origin.updated_at as valid_from,
        person._parentsystemuserid_value as manager_employee_id,

        -- attributes
        person.fullname as name,
        person.internalemailaddress as email,
        person."_businessunitid_value@OData.Community.Display.V1.FormattedValue" as team,
        coalesce(person.jobtitle, person.title) as role,

        -- flags
        not person.isdisabled as is_active
    from users
    -- Users of applications are nobody.
    where person.applicationid is null
)

select * from final
