-- Grain: one row per customer and version of its attributes.
-- Scope: company
-- Decisions: "Segments are as of then". Instants are on the clock of the reporting time zone; the first version
-- holds since 1900-01-01, the last until 9999-12-31.
with

records as (
    select
        source,
        customer_id,
        record_key,
        own_customer_key as customer_key,
        case
            when record_key = own_customer_key then 1
            when not is_merged_away then 2
            else 3
        end as record_rank
    from int_customer_record
),

record_versions as (
    select
        records.customer_key,
        records.record_key,
        records.record_rank,
        case
            when row_number() over (
                partition by customer.source, customer.customer_id order by customer.valid_from
            ) = 1 then timestamp '1900-01-01'
            else local_time(customer.valid_from)
        end as valid_from,
        customer.name,
        customer.email,
        customer.domain,
        customer.customer_type,
        customer.lifecycle_stage,
        customer.segment,
        customer.industry,
        customer.country,
        customer.region,
        customer.size_band,
        customer.acquisition_channel,
        customer.language,
        customer.time_zone,
        customer.source || ':' || customer.owner_employee_id as owner_employee_key,
        customer.source || ':' || customer.parent_customer_id as parent_record_key,
        customer.employee_count
    from customer
    inner join records
        on customer.source = records.source and customer.customer_id = records.customer_id
),

changes as (
    select
        customer_key,
        valid_from
    from record_versions
    group by all
),

customer_records as (
    select
        customer_key,
        record_key
    from record_versions
    group by all
),

record_changes as (
    select
        changes.customer_key,
        changes.valid_from,
        customer_records.record_key
    from changes
    inner join customer_records on changes.customer_key = customer_records.customer_key
),

states as (
    select
        record_changes.customer_key,
        record_changes.valid_from,
        (record_versions.record_rank, record_versions.record_key) as precedence,
        record_versions.* exclude (customer_key, record_key, record_rank, valid_from)
    from record_changes
    asof inner join record_versions
        on record_changes.customer_key = record_versions.customer_key
        and record_changes.record_key = record_versions.record_key
        and record_changes.valid_from >= record_versions.valid_from
),

-- Of several records the first one that says something is heard: the one that names the customer, then by name.
folded_states as (
    select
        customer_key,
        valid_from,
        arg_min(name, precedence) as name,
        arg_min(email, precedence) as email,
        arg_min(domain, precedence) as domain,
        arg_min(customer_type, precedence) as customer_type,
        arg_min(lifecycle_stage, precedence) as lifecycle_stage,
        arg_min(segment, precedence) as segment,
        arg_min(industry, precedence) as industry,
        arg_min(country, precedence) as country,
        arg_min(region, precedence) as region,
        arg_min(size_band, precedence) as size_band,
        arg_min(acquisition_channel, precedence) as acquisition_channel,
        arg_min(language, precedence) as language,
        arg_min(time_zone, precedence) as time_zone,
        arg_min(owner_employee_key, precedence) as owner_employee_key,
        arg_min(parent_record_key, precedence) as parent_record_key,
        arg_min(employee_count, precedence) as employee_count
    from states
    group by all
),

final as (
    select
        customer_key,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by customer_key order by valid_from),
            timestamp '9999-12-31'
        ) as valid_to,
        name,
        email,
        domain,
        customer_type,
        lifecycle_stage,
        segment,
        industry,
        country,
        region,
        size_band,
        acquisition_channel,
        language,
        time_zone,
        owner_employee_key,
        parent_record_key,
        employee_count
    from folded_states
)

select * from final
