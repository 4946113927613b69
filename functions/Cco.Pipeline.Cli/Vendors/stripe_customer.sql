-- A customer as it is now. Who was deleted is not listed any more.
select
    customer_id as id,
    seconds(created_at) as created_at,
    {
        'id': customer_id,
        'object': 'customer',
        'name': name,
        'email': email,
        'currency': lower(currency),
        'created': seconds(created_at),
        'livemode': true,
        'address': {'country': country},
        'preferred_locales': [language]
    }::json as json
from customer
where customer_id not in (select customer_id from customer where deleted_at is not null)
group by all
