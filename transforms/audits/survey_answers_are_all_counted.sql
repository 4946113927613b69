-- The answers of a month are those that count, were replaced, have no score or no usable scale.
with

given_answers as (
    select
        survey_type,
        survey_kind,
        answered_month as period_start,
        count(*) as given_count,
        0 as published_count
    from int_survey_answer
    where coalesce(exclusion_reason, 'replaced') in ('replaced', 'no_score', 'scale_without_rule')
        and coalesce(withdrawn_month > answered_month, true)
    group by all
),

published_answers as (
    select
        survey_type,
        survey_kind,
        period_start,
        0 as given_count,
        answered_count + replaced_count + unscored_count + unusable_count as published_count
    from fct_survey_score
    where period_type = 'month' and segment_dimension = 'all'
),

months as (
    select * from given_answers
    union all
    select * from published_answers
),

final as (
    select
        survey_type,
        survey_kind,
        period_start,
        sum(given_count)::bigint as given_count,
        sum(published_count)::bigint as published_count
    from months
    group by all
    having sum(given_count) <> sum(published_count)
)

select * from final
