-- A field that came after the first run of its stream is told of, itself or with what it is part of, and no other is.
with

observed_fields as (
    select
        stream,
        field,
        min(run_id) as first_run_id
    from staged.observed_field
    group by all
),

streams as (
    select
        stream,
        min(first_run_id) as first_run_id
    from observed_fields
    group by all
),

published_fields as (
    select
        stream,
        field
    from fct_schema_change
    where change in ('new', 'unlisted')
    group by all
),

untold as (
    select
        observed_fields.stream,
        observed_fields.field
    from observed_fields
    -- Each field is one of a stream.
    inner join streams on observed_fields.stream = streams.stream
    where observed_fields.first_run_id > streams.first_run_id and not exists (
        select 1
        from published_fields
        where published_fields.stream = observed_fields.stream
            and (
                published_fields.field in ('*', observed_fields.field)
                or starts_with(observed_fields.field, published_fields.field || '.')
            )
    )
),

unseen as (
    select
        stream,
        field
    from fct_schema_change
    except
    select
        stream,
        field
    from observed_fields
),

final as (
    select
        'new and not told of' as problem,
        *
    from untold
    union all
    select
        'told of and never seen' as problem,
        *
    from unseen
)

select * from final
