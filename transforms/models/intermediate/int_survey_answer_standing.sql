-- Grain: one row per survey answer, way of counting people and span of months at whose end it is its person's latest.
-- Scope: company
-- Decisions: "Which answer counts", "Deleted answers, customers and tests", "When it counts".
with

counted_answers as (
    select
        *,
        unnest(survey_countings(survey_id, journey_step, channel), recursive := true)
    from int_survey_answer
    where exclusion_reason is null
        and coalesce(withdrawn_month > answered_month, true)
),

countable_answers as (
    select
        *,
        lead(answered_month) over standing as replaced_month,
        bool_or(withdrawn_month is not null) over (
            partition by survey_type, survey_kind, counted_by, scope, unit_key
        ) as is_contested
    from counted_answers
    window standing as (
        partition by survey_type, survey_kind, counted_by, scope, unit_key
        order by answered_at, updated_at nulls first, survey_response_id, source
    )
),

-- Where an answer was withdrawn, an earlier one may stand again: month by month, the latest then.
contested_answer_months as (
    select
        *,
        unnest(range(
            month_number(answered_month),
            coalesce(month_number(withdrawn_month), last_month() + 1)
        )) as standing_month
    from countable_answers
    where is_contested
),

contested_answers as (
    select *
    from contested_answer_months
    qualify row_number() over (
        partition by survey_type, survey_kind, counted_by, scope, unit_key, standing_month
        order by answered_at desc, updated_at desc nulls last, survey_response_id desc, source desc
    ) = 1
),

standing_answers as (
    select
        *,
        answered_month as standing_from,
        replaced_month as standing_until
    from countable_answers
    where not is_contested
    union all by name
    select
        *,
        month_day(standing_month) as standing_from,
        month_day(standing_month + 1) as standing_until
    from contested_answers
),

final as (
    select
        -- keys
        source,
        survey_response_id,
        customer_key,
        counted_by,

        -- attributes
        survey_type,
        survey_kind,
        survey_id,
        journey_step,
        channel,
        segment,
        region,
        industry,
        size_band,

        -- flags
        is_hit,
        is_detractor,
        is_strict_hit,

        -- measures
        score,

        -- times: from the first month, up to but not until the other
        answered_month,
        standing_from,
        standing_until
    from standing_answers
)

select * from final
