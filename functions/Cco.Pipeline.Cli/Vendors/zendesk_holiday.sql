-- The holidays of a schedule, whose last day is one of them.
select
    business_schedule_id as id,
    seconds(updated_at) as changed_at,
    list(
        {
            'id': cast(split_part(entry_id, '-', 2) as bigint),
            'name': entry_id,
            'start_date': start_date,
            'end_date': cast(cast(end_date as date) - 1 as varchar)
        }
        order by start_date
    )::json as json
from business_schedule
where entry_type = 'holiday'
group by business_schedule_id, updated_at
