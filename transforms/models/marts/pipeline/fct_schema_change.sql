-- Grain: one row per stream, field, kind of change and type.
-- Scope: company
-- Decisions: "When a field has changed".
with

observed_fields as (
    select
        stream,
        raw_file,
        run_id,
        field,
        parent,
        type,
        value_count
    from staged.observed_field
),

-- The record itself is the field *.
record_counts as (
    select
        stream,
        run_id,
        min(raw_file) as raw_file,
        sum(value_count) as record_count
    from observed_fields
    where field = '*'
    group by all
),

loads as (
    select
        *,
        row_number() over (partition by stream order by run_id) as load_number
    from record_counts
),

sightings as (
    select
        observed_fields.stream,
        observed_fields.field,
        observed_fields.parent,
        observed_fields.type,
        loads.load_number,
        min(observed_fields.raw_file) as raw_file,
        sum(observed_fields.value_count) as value_count
    from observed_fields
    -- Every file whose fields were looked at has its record as a field.
    inner join loads
        on observed_fields.stream = loads.stream and observed_fields.run_id = loads.run_id
    group by all
),

fields as (
    select
        stream,
        field,
        parent,
        min(load_number) as first_load_number,
        max(load_number) as last_load_number,
        min(load_number) filter (where type <> 'null') as first_typed_load_number,
        sum(value_count) as value_count
    from sightings
    group by all
),

-- An object with more members than a record has columns holds values by name, such as metadata.
named_values as (
    select
        stream,
        parent as field,
        max(first_load_number) as load_number,
        count(*) as member_count
    from fields
    where parent <> '*'
    group by all
    having count(*) > 100
),

ranked_fields as (
    select
        fields.*,
        row_number() over (
            partition by fields.stream
            order by fields.first_load_number, fields.field
        ) as field_number
    from fields
    where field <> '*' and not exists (
        select 1
        from named_values
        where named_values.stream = fields.stream
            and starts_with(fields.field, named_values.field || '.')
    )
),

listed_fields as (
    select * from ranked_fields where field_number <= 1000
),

unlisted as (
    select
        stream,
        field,
        load_number,
        member_count
    from named_values
    union all
    select
        stream,
        '*' as field,
        max(first_load_number) as load_number,
        count(*) as member_count
    from ranked_fields
    where field_number > 1000
    group by all
),

new_fields as (
    select listed_fields.*
    from listed_fields
    left join fields as parents
        on listed_fields.stream = parents.stream and listed_fields.parent = parents.field
    where listed_fields.first_load_number > 1
        and (
            listed_fields.parent = '*'
            or parents.first_load_number < listed_fields.first_load_number
        )
),

new_types as (
    select
        sightings.stream,
        sightings.field,
        sightings.type,
        min(sightings.load_number) as load_number,
        sum(sightings.value_count) as value_count
    from sightings
    -- The types of fields that are not listed are not, either.
    inner join listed_fields
        on sightings.stream = listed_fields.stream and sightings.field = listed_fields.field
    where sightings.type <> 'null'
    group by all
    having min(sightings.load_number) > any_value(listed_fields.first_typed_load_number)
),

spans as (
    select
        listed_fields.stream,
        listed_fields.field,
        listed_fields.parent,
        listed_fields.last_load_number,
        listed_fields.value_count,
        sum(loads.record_count)
            filter (where loads.load_number <= listed_fields.last_load_number)
            as until_record_count,
        coalesce(sum(loads.record_count)
            filter (where loads.load_number > listed_fields.last_load_number), 0)
            as since_record_count
    from listed_fields
    inner join loads
        on listed_fields.stream = loads.stream
            and loads.load_number >= listed_fields.first_load_number
    group by all
),

absences as (
    select *
    from spans
    where since_record_count * value_count >= 10 * until_record_count
),

vanished as (
    select absences.*
    from absences
    left join absences as parents
        on absences.stream = parents.stream and absences.parent = parents.field
            and absences.last_load_number = parents.last_load_number
    where parents.field is null
),

changes as (
    select
        stream,
        field,
        'new' as change,
        first_load_number as load_number,
        value_count as record_count,
        null as type
    from new_fields
    union all
    select
        stream,
        field,
        'retyped' as change,
        load_number,
        value_count as record_count,
        type
    from new_types
    union all
    select
        stream,
        field,
        'vanished' as change,
        last_load_number + 1 as load_number,
        since_record_count as record_count,
        null as type
    from vanished
    union all
    select
        stream,
        field,
        'unlisted' as change,
        load_number,
        member_count as record_count,
        'object' as type
    from unlisted
),

types as (
    select
        changes.stream,
        changes.field,
        changes.change,
        changes.type,
        string_agg(distinct sightings.type, ', ' order by sightings.type)
            filter (
                where sightings.type <> 'null' and sightings.load_number < changes.load_number
            ) as earlier_types,
        string_agg(distinct sightings.type, ', ' order by sightings.type)
            filter (where sightings.load_number = changes.load_number) as types,
        min(sightings.raw_file) filter (where sightings.load_number = changes.load_number)
            as raw_file
    from changes
    left join sightings
        on changes.stream = sightings.stream and changes.field = sightings.field
    group by all
),

final as (
    select
        -- keys
        changes.stream,
        changes.field,
        changes.change,
        coalesce(
            changes.type,
            case when changes.change = 'vanished' then types.earlier_types else types.types end,
            'null'
        ) as field_type,

        -- attributes
        types.earlier_types,
        coalesce(types.raw_file, loads.raw_file) as raw_file,
        loads.run_id,

        -- measures
        changes.record_count::bigint as record_count,

        -- times
        try_strptime(left(loads.run_id, 18), '%Y%m%dt%H%M%S%g')::timestamp as noticed_at
    from changes
    inner join loads
        on changes.stream = loads.stream and changes.load_number = loads.load_number
    inner join types
        on changes.stream = types.stream and changes.field = types.field
            and changes.change = types.change and changes.type is not distinct from types.type
)

select * from final
