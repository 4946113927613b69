-- In every month and dimension, each part of expansion is that of the customers' movements, and so are all together.
with

movement_sums as (
    select
        month_start,
        coalesce(movement_part, 'all') as movement_part,
        cast(sum(movement_amount) as decimal(18, 4)) as movement_amount
    from fct_mrr_movement
    where movement_type = 'expansion'
    group by grouping sets ((month_start, movement_part), (month_start))
),

dimension_sums as (
    select
        month_start,
        movement_part,
        segment_dimension,
        cast(sum(expansion_amount) as decimal(18, 4)) as expansion_amount
    from fct_expansion
    group by all
),

dimensions as (
    select segment_dimension
    from dimension_sums
    group by all
),

expected_sums as (
    select
        dimensions.segment_dimension,
        movement_sums.*
    from movement_sums
    cross join dimensions -- each dimension has all the expansion
),

final as (
    select
        coalesce(expected_sums.month_start, dimension_sums.month_start) as month_start,
        coalesce(expected_sums.movement_part, dimension_sums.movement_part) as movement_part,
        coalesce(expected_sums.segment_dimension, dimension_sums.segment_dimension)
            as segment_dimension,
        coalesce(expected_sums.movement_amount, 0) as movement_amount,
        coalesce(dimension_sums.expansion_amount, 0) as expansion_amount
    from expected_sums
    full join dimension_sums
        on expected_sums.month_start = dimension_sums.month_start
        and expected_sums.movement_part = dimension_sums.movement_part
        and expected_sums.segment_dimension = dimension_sums.segment_dimension
    where coalesce(expected_sums.movement_amount, 0)
        <> coalesce(dimension_sums.expansion_amount, 0)
)

select * from final
