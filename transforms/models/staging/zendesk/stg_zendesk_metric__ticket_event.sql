-- Grain: one row per public reply of an agent that ended a customer's wait.
-- Scope: company
with

metric_events as (
    select
        origin,
        json_transform(
            payload,
            '{"id": "VARCHAR", "ticket_id": "VARCHAR", "metric": "VARCHAR", "type": "VARCHAR", "time": "VARCHAR"}'
        ) as metric_event
    from raw.zendesk__ticket_metric_event
),

replies as (
    select origin, metric_event as reply
    from metric_events
    where metric_event.metric = 'reply_time' and metric_event.type = 'fulfill'
),

final as (
    select
        origin,
        -- keys
        'zendesk' as source,
        -- Events of an instant go by their names: a reply comes before the update it came with.
        'reply-' || reply.id as ticket_event_id,
        reply.ticket_id as ticket_id,

        -- attributes
        'comment' as event_type,
        'agent' as author_role,

        -- flags
        true as is_public,

        -- times
        reply.time as occurred_at
    from replies
)

select * from final
