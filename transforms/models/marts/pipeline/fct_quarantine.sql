-- Grain: one row per stream, file, column and reason.
-- Scope: company
-- Decisions: "What quarantine tells".
with

rejected_rows as (
    select
        stream,
        coalesce("file", 'unknown') as file_name,
        coalesce(column_name, '*') as column_name,
        coalesce(reason, 'not said') as reason,
        position,
        run_id,
        rejected_at,
        coalesce(record_id, concat_ws(':', run_id, position)) as row_id
    from staged.rejected_row
),

final as (
    select
        -- keys
        stream,
        file_name,
        column_name,
        reason,

        -- attributes
        arg_max(run_id, (rejected_at, run_id)) as last_run_id,

        -- measures
        count(distinct (run_id, position, row_id))::bigint as row_count,
        min(position)::bigint as first_position,
        max(position)::bigint as last_position,
        arg_max(position, (rejected_at, run_id, -position))::bigint as example_position,

        -- times
        min(rejected_at) as first_rejected_at,
        max(rejected_at) as last_rejected_at
    from rejected_rows
    group by all
)

select * from final
