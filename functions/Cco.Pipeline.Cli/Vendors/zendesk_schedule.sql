-- A schedule with its opening hours, in minutes since Sunday began.
select
    business_schedule_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': cast(business_schedule_id as bigint),
        'name': name,
        'time_zone': time_zone,
        'created_at': updated_at,
        'updated_at': updated_at,
        'intervals': list(
            {
                'start_time': cast(weekday as bigint) % 7 * 1440 + minute_of_day(open_time),
                'end_time': cast(weekday as bigint) % 7 * 1440 + minute_of_day(close_time)
            }
            order by cast(weekday as bigint), open_time
        )
    }::json as json
from business_schedule
where entry_type = 'weekly'
group by business_schedule_id, name, time_zone, updated_at
