-- Grain: one row per holiday of a schedule and reading of it.
-- Scope: company
with

holidays as (
    select
        origin,
        json_transform(
            payload,
            '{
                "id": "VARCHAR", "start_date": "VARCHAR", "end_date": "VARCHAR",
                "_parent": {"id": "VARCHAR", "name": "VARCHAR", "time_zone": "VARCHAR"}
            }'
        ) as holiday
    from raw.zendesk__holiday
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        holiday._parent.id as business_schedule_id,
        'holiday-' || holiday.id as entry_id,

        -- attributes
        holiday._parent.name as name,
        'holiday' as entry_type,
        zendesk_time_zone(holiday._parent.time_zone) as time_zone,

        -- times
        holiday.start_date as start_date,
        -- The last day is one of them.
        try(try_cast(holiday.end_date as date) + 1) as end_date
    from holidays
)

select * from final
