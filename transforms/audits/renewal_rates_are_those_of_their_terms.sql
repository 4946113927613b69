-- In every dimension, the months of the rates add up to the terms that were due in them.
with

dimensions as (
    select 'all' as segment_dimension
    union
    select segment_dimension from fct_renewal_rate
),

term_sums as (
    select
        due_month_start as period_start,
        count(*) as due_count,
        count(*) filter (is_renewed) as renewed_count,
        count(*) filter (is_on_time) as on_time_count,
        coalesce(sum(expiring_amount) filter (has_amounts), 0) as expiring_amount,
        coalesce(sum(retained_amount) filter (has_amounts), 0) as retained_amount,
        coalesce(sum(renewed_amount) filter (has_amounts), 0) as renewed_amount
    from fct_renewal
    where is_due
    group by all
),

expected as (
    select
        dimensions.segment_dimension,
        term_sums.*
    from term_sums
    cross join dimensions
),

published as (
    select
        segment_dimension,
        period_start,
        sum(due_count) as due_count,
        sum(renewed_count) as renewed_count,
        sum(on_time_count) as on_time_count,
        sum(expiring_amount) as expiring_amount,
        sum(retained_amount) as retained_amount,
        sum(renewed_amount) as renewed_amount
    from fct_renewal_rate
    where period_type = 'month'
    group by all
    having sum(due_count) > 0
),

final as (
    select
        coalesce(expected.segment_dimension, published.segment_dimension) as segment_dimension,
        coalesce(expected.period_start, published.period_start) as period_start,
        cast(expected.due_count as bigint) as due_count_of_terms,
        cast(published.due_count as bigint) as due_count,
        cast(expected.renewed_amount as decimal(18, 4)) as renewed_amount_of_terms,
        cast(published.renewed_amount as decimal(18, 4)) as renewed_amount
    from expected
    full join published
        on expected.segment_dimension = published.segment_dimension
        and expected.period_start = published.period_start
    where expected.due_count is distinct from published.due_count
        or expected.renewed_count is distinct from published.renewed_count
        or expected.on_time_count is distinct from published.on_time_count
        or expected.expiring_amount is distinct from published.expiring_amount
        or expected.retained_amount is distinct from published.retained_amount
        or expected.renewed_amount is distinct from published.renewed_amount
)

select * from final
