-- The values of each dimension of customers add up to all, in every period.
with

totals as (
    select *
    from fct_survey_score
    where segment_dimension = 'all'
),

dimension_sums as (
    select
        survey_type,
        survey_kind,
        period_type,
        period_start,
        segment_dimension,
        sum(answered_count)::bigint as answered_count,
        sum(score_sum)::decimal(18, 4) as score_sum,
        sum(delivered_count)::bigint as delivered_count,
        sum(replaced_count)::bigint as replaced_count
    from fct_survey_score
    where segment_dimension in ('segment', 'region', 'industry', 'size_band')
    group by all
),

final as (
    select
        totals.survey_type,
        totals.survey_kind,
        totals.period_type,
        totals.period_start,
        dimension_sums.segment_dimension,
        totals.answered_count,
        dimension_sums.answered_count as answered_count_of_segments,
        totals.delivered_count,
        dimension_sums.delivered_count as delivered_count_of_segments
    from totals
    left join dimension_sums
        on totals.survey_type = dimension_sums.survey_type
        and totals.survey_kind = dimension_sums.survey_kind
        and totals.period_type = dimension_sums.period_type
        and totals.period_start = dimension_sums.period_start
    where totals.answered_count is distinct from dimension_sums.answered_count
        or totals.score_sum is distinct from dimension_sums.score_sum
        or totals.delivered_count is distinct from dimension_sums.delivered_count
        or totals.replaced_count is distinct from dimension_sums.replaced_count
)

select * from final
