-- A company with the values that its properties have had.
select
    customer_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': customer_id,
        'propertiesWithHistory': {
            'name': history_of(name, created_at),
            'domain': history_of(domain, created_at),
            'industry': history_of(industry, created_at),
            'country': history_of(country, created_at),
            'numberofemployees': history_of(employee_count, created_at),
            'lifecyclestage': history_of(
                case lifecycle_stage when 'prospect' then 'opportunity' else lifecycle_stage end,
                created_at
            ),
            'hubspot_owner_id': history_of(owner_employee_id, created_at),
            'hs_analytics_source': history_of(upper(acquisition_channel), created_at)
        },
        'createdAt': created_at,
        'updatedAt': updated_at,
        'archived': false
    }::json as json
from customer
group by all
