-- Grain: one row per contact and reading of it.
-- Scope: company
with

contacts as (
    select
        origin,
        json_transform(
            payload,
            '{
                "contactid": "VARCHAR", "fullname": "VARCHAR", "emailaddress1": "VARCHAR", "telephone1": "VARCHAR",
                "mobilephone": "VARCHAR", "jobtitle": "VARCHAR", "accountrolecode": "VARCHAR",
                "accountrolecode@OData.Community.Display.V1.FormattedValue": "VARCHAR",
                "_parentcustomerid_value": "VARCHAR",
                "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "VARCHAR",
                "donotbulkemail": "BOOLEAN", "donotemail": "BOOLEAN", "statecode": "VARCHAR", "createdon": "VARCHAR"
            }'
        ) as contact
    from raw.dynamics__contact
),

final as (
    select
        origin,
        -- keys
        'dynamics' as source,
        contact.contactid as contact_id,
        -- The parent may be another person.
        case contact."_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
            when 'account' then contact._parentcustomerid_value
        end as customer_id,

        -- attributes
        contact.fullname as name,
        contact.emailaddress1 as email,
        coalesce(contact.telephone1, contact.mobilephone) as phone,
        contact.jobtitle as job_title,
        case contact.accountrolecode
            when '1' then 'decision_maker'
            when '2' then 'employee'
            when '3' then 'influencer'
            else contact."accountrolecode@OData.Community.Display.V1.FormattedValue"
        end as role,

        -- flags
        case contact.statecode when '0' then 'true' when '1' then 'false' else contact.statecode end
            as is_active,
        coalesce(contact.donotemail, false) or coalesce(contact.donotbulkemail, false)
            as is_opted_out,

        -- times
        contact.createdon as created_at
    from contacts
)

select * from final
