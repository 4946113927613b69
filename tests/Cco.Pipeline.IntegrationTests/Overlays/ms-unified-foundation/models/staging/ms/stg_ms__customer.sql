-- Grain: one row per customer of the CRM.
-- A mail address is shared by up to six people here, and contoso.com by all: it is no domain of a
-- customer.
with

final as (
    select
        -- keys
        origin,
        'ms' as source,
        payload ->> '$.CustomerId' as customer_id,

        -- attributes
        concat_ws(' ', payload ->> '$.FirstName', payload ->> '$.LastName') as name,
        payload ->> '$.PrimaryEmail' as email,
        if(payload ->> '$.CustomerTypeId' = 'Individual', 'consumer', 'business') as customer_type,
        case payload ->> '$.IsActive'
            when 'True' then 'active'
            when 'False' then 'churned'
            else payload ->> '$.IsActive'
        end as lifecycle_stage,
        lower(payload ->> '$.CustomerRelationshipTypeId') as segment,

        -- times
        payload ->> '$.CustomerEstablishedDate' as created_at
    from raw.ms__customer
)

select * from final
