-- In every dimension, the months of the forecast add up to the terms that are due within twelve months.
with

dimensions as (
    select 'all' as segment_dimension
    union
    select segment_dimension from fct_renewal_forecast
),

term_sums as (
    select
        count(*) as term_count,
        coalesce(sum(renewal_probability), 0) as expected_count,
        coalesce(sum(expiring_amount), 0) as expiring_amount,
        coalesce(sum(expected_amount), 0) as expected_amount
    from fct_renewal
    where exclusion_reason = 'not_due_yet'
        and due_date < getvariable('as_of') + interval 12 month
),

expected as (
    select
        dimensions.segment_dimension,
        term_sums.*
    from term_sums
    cross join dimensions
    where term_sums.term_count > 0
),

published as (
    select
        segment_dimension,
        sum(term_count) as term_count,
        sum(expected_count) as expected_count,
        sum(expiring_amount) as expiring_amount,
        sum(expected_amount) as expected_amount
    from fct_renewal_forecast
    group by all
),

final as (
    select
        coalesce(expected.segment_dimension, published.segment_dimension) as segment_dimension,
        cast(expected.term_count as bigint) as term_count_of_terms,
        cast(published.term_count as bigint) as term_count,
        cast(expected.expected_amount as decimal(18, 4)) as expected_amount_of_terms,
        cast(published.expected_amount as decimal(18, 4)) as expected_amount
    from expected
    full join published on expected.segment_dimension = published.segment_dimension
    where expected.term_count is distinct from published.term_count
        or expected.expected_count is distinct from published.expected_count
        or expected.expiring_amount is distinct from published.expiring_amount
        or expected.expected_amount is distinct from published.expected_amount
)

select * from final
