-- An account: as it was after each change, and last in the recycle bin, where it was deleted or
-- merged into another.
with

versions as (
    select *
    from customer
    qualify row_number() over (partition by customer_id, valid_from order by updated_at desc) = 1
),

last_versions as (
    select *
    from versions
    qualify row_number() over (partition by customer_id order by valid_from desc) = 1
),

states as (
    select
        *,
        valid_from as changed_at,
        null as master_id,
        false as is_deleted
    from versions
    union all by name
    select
        last_versions.*,
        cleaned_at() as changed_at,
        into_customer_id as master_id,
        true as is_deleted
    from last_versions
    left join customer_merge on last_versions.customer_id = customer_merge.from_customer_id
    where last_versions.deleted_at is not null or into_customer_id is not null
)

select
    customer_id as id,
    seconds(changed_at) as changed_second,
    {
        'Id': customer_id,
        'IsDeleted': is_deleted,
        'MasterRecordId': master_id,
        'Name': name,
        'Type': case
            when lifecycle_stage in ('lead', 'trial') then 'Prospect'
            when lifecycle_stage in ('onboarding', 'active') then 'Customer - Direct'
            else 'Other'
        end,
        'ParentId': parent_customer_id,
        'BillingCountryCode': country,
        'BillingAddress': {'countryCode': country},
        'Website': 'https://www.' || domain || '/',
        'Industry': industry,
        'NumberOfEmployees': cast(employee_count as bigint),
        'AccountSource': capitalised(acquisition_channel),
        'CurrencyIsoCode': currency,
        'IsPersonAccount': customer_type = 'consumer',
        'PersonEmail': case when customer_type = 'consumer' then email end,
        'OwnerId': user_id(owner_employee_id),
        'CreatedDate': rest_instant(created_at),
        'SystemModstamp': rest_instant(changed_at)
    }::json as json
from states
