-- Grain: one row per span of opening hours of a schedule and reading of it.
-- Scope: company
with

schedules as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "name": "VARCHAR", "time_zone": "VARCHAR", "updated_at": "VARCHAR",
                "intervals": [{"start_time": "VARCHAR", "end_time": "VARCHAR"}]
            }'
        ) as schedule
    from raw.zendesk__schedule
),

intervals as (
    select origin, schedule, unnest(schedule.intervals) as span
    from schedules
),

-- Minutes are counted from the beginning of Sunday; a number that is far from any of a week is none.
spans as (
    select
        origin,
        schedule,
        cast(try_cast(span.start_time as smallint) as bigint) as start_minute,
        cast(try_cast(span.end_time as smallint) as bigint) as end_minute
    from intervals
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        schedule.id as business_schedule_id,
        'weekly-' || start_minute as entry_id,

        -- attributes
        schedule.name as name,
        'weekly' as entry_type,
        zendesk_time_zone(schedule.time_zone) as time_zone,
        case start_minute // 1440 when 0 then 7 else start_minute // 1440 end as weekday,
        zendesk_time_of_day(start_minute % 1440) as open_time,
        zendesk_time_of_day((end_minute + 1439) % 1440 + 1) as close_time,

        -- times
        schedule.updated_at as updated_at
    from spans
)

select * from final
