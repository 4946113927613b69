-- Each survey response that was taken in is classified once: none is lost, none is doubled.
with

responses as (
    select
        source,
        survey_response_id,
        1 as response_count,
        0 as answer_count
    from survey_response
),

answers as (
    select
        source,
        survey_response_id,
        0 as response_count,
        1 as answer_count
    from int_survey_answer
),

records as (
    select * from responses
    union all
    select * from answers
),

final as (
    select
        source,
        survey_response_id,
        sum(response_count)::bigint as response_count,
        sum(answer_count)::bigint as answer_count
    from records
    group by all
    having sum(response_count) <> 1 or sum(answer_count) <> 1
)

select * from final
