-- A company that has users: as it was after each change, until it was deleted.
with

versions as (
    select *
    from customer
    qualify row_number() over (partition by customer_id, valid_from order by updated_at desc) = 1
),

users as (
    select customer_id, count(distinct contact_id) as user_count
    from contact
    group by all
)

select
    customer_id as id,
    seconds(valid_from) as changed_second,
    case
        when deleted_at is not null then 'null'::json
        else
            {
                'type': 'company',
                'id': customer_id,
                'company_id': customer_id,
                'name': name,
                'website': 'https://www.' || domain || '/',
                'industry': industry,
                'size': cast(employee_count as bigint),
                'user_count': user_count,
                'remote_created_at': seconds(created_at),
                'created_at': seconds(created_at),
                'updated_at': seconds(valid_from)
            }::json
    end as json
from versions
inner join users using (customer_id)
