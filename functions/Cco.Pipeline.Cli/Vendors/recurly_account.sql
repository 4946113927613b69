-- An account after each of its changes. Who was deleted is an account that is closed, and Recurly
-- knows only some of the languages.
select
    customer_id as id,
    seconds(valid_from) as updated_at,
    {
        'id': customer_id,
        'object': 'account',
        'code': customer_id,
        'state': if(deleted_at is null, 'active', 'inactive'),
        'company': name,
        'first_name': null,
        'last_name': null,
        'email': email,
        'parent_account_id': null,
        'preferred_locale': case
            when language in ('en-US', 'en-CA', 'en-AU', 'pt-BR') then language
        end,
        'address': {'country': country},
        'created_at': created_at,
        'updated_at': valid_from,
        'deleted_at': deleted_at
    }::json as json
from customer
qualify row_number() over (partition by customer_id, valid_from order by updated_at desc) = 1
