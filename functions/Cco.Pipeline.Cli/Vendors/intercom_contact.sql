-- A user of a company, until it was archived.
with

people as (
    from contact
    group by all
)

select
    contact_id as id,
    seconds(updated_at) as changed_second,
    {
        'type': 'contact',
        'id': contact_id,
        'role': 'user',
        'email': email,
        'phone': null,
        'name': name,
        'unsubscribed_from_emails': false,
        'created_at': seconds(created_at),
        'updated_at': seconds(updated_at),
        'language_override': null,
        'browser_language': null,
        'companies': {
            'type': 'list',
            'data': [{'type': 'company', 'id': customer_id}],
            'total_count': 1,
            'has_more': false
        }
    }::json as json
from people
union all
select contact_id, seconds(archived_at(updated_at)), 'null'::json
from people
where deleted_at is not null
