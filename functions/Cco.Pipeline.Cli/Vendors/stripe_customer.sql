-- A customer as it is now. Who was deleted is not listed any more.
select
    customer_id as id,
    seconds(created_at) as created_at,
    object::json as json
from customer_version
where customer_id not in (select customer_id from customer where deleted_at is not null)
group by all
