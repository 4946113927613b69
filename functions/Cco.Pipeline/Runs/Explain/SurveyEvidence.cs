namespace Cco.Pipeline.Runs;

/// <summary>What scores are made of: answers and invitations.</summary>
internal static class SurveyEvidence
{
    /// <summary>The answers that count, or the invitations; and the answers that do not, with the reason.</summary>
    public static IReadOnlyList<Evidence> All { get; } =
    [
        new(
            "Answers and invitations that count",
            $"""
            select
                source,
                record_type,
                record_id,
                survey_id,
                journey_step,
                channel,
                month_start,
                score,
                numerator,
                denominator
            from ({Counting})
            order by month_start, record_type, source, record_id
            """,
            Evidence.Part),
        new(
            "Answers of the period that do not count, and why",
            """
            select
                source,
                survey_response_id,
                survey_id,
                answered_at,
                score,
                coalesce(
                    exclusion_reason,
                    case when withdrawn_month <= closing_month_start then 'withdrawn' else 'a later answer counts' end
                ) as status
            from int_survey_answer
            inner join question
                on int_survey_answer.customer_key is not distinct from question.customer_key
                and int_survey_answer.answered_month >= question.period_start
                and int_survey_answer.answered_month < question.period_end
                and question.kpi not like '%response_rate%'
                and starts_with(question.kpi, int_survey_answer.survey_type)
                and ends_with(question.kpi, int_survey_answer.survey_kind)
            where (source, survey_response_id) not in (
                select (source, survey_response_id)
                from int_survey_answer_standing
                where standing_from <= closing_month_start
                    and coalesce(standing_until > closing_month_start, true)
                    and counted_by = (select min(counted_by) from part)
            )
            order by answered_at, source, survey_response_id
            """)
        {
            IsOfWholeCustomer = true,
        },
        Evidence.RawRecords(
            Evidence.Records(
                "survey_response", "survey_response_id", $"(source, survey_response_id) in (select (source, record_id) from ({Counting}) where record_type = 'answer')"),
            Evidence.Records(
                "survey_invitation", "survey_invitation_id", $"(source, survey_invitation_id) in (select (source, record_id) from ({Counting}) where record_type = 'invitation')"))
        with { IsOfWholeCustomer = false },
    ];

    private static string Counting =>
        """
        select
            records.*
        from (
            select
                'answer' as record_type,
                source,
                survey_response_id as record_id,
                customer_key,
                counted_by,
                survey_type,
                survey_kind,
                coalesce(segment, 'unknown') as segment,
                coalesce(region, 'unknown') as region,
                coalesce(industry, 'unknown') as industry,
                coalesce(size_band, 'unknown') as size_band,
                coalesce(survey_id, 'unknown') as survey_id,
                coalesce(journey_step, 'unknown') as journey_step,
                coalesce(channel, 'unknown') as channel,
                answered_month as month_start,
                standing_from,
                standing_until,
                score,
                case
                    when kpi like 'nps%' then 100 * (cast(is_hit as bigint) - cast(is_detractor as bigint))
                    when kpi like 'csat_mean%' or (kpi like 'ces%' and kpi not like 'ces_easy%') then score
                    else cast(is_hit as bigint)
                end as numerator,
                1 as denominator
            from int_survey_answer_standing
            cross join (select kpi from question) as asked
            where kpi not like '%response_rate%'
            union all
            select
                'invitation',
                source,
                survey_invitation_id,
                customer_key,
                countings.counted_by,
                survey_type,
                survey_kind,
                coalesce(segment, 'unknown'),
                coalesce(region, 'unknown'),
                coalesce(industry, 'unknown'),
                coalesce(size_band, 'unknown'),
                coalesce(survey_id, 'unknown'),
                coalesce(journey_step, 'unknown'),
                coalesce(channel, 'unknown'),
                sent_month,
                sent_month,
                withdrawn_month,
                null,
                cast(is_answered as bigint),
                1
            from int_survey_delivery
            cross join (select distinct counted_by from part) as countings
            cross join (select kpi from question) as asked
            where kpi like '%response_rate%' and exclusion_reason is null
        ) as records
        inner join question
            on records.customer_key is not distinct from question.customer_key
            and records.month_start >= question.period_start
            and records.month_start < question.period_end
            and records.standing_from <= question.closing_month_start
            and coalesce(records.standing_until > question.closing_month_start, true)
            and starts_with(question.kpi, records.survey_type)
            and ends_with(question.kpi, records.survey_kind)
        where exists (
            select 1
            from part
            where part.counted_by = records.counted_by
                and part.segment = records.segment
                and part.region = records.region
                and part.industry = records.industry
                and part.size_band = records.size_band
                and coalesce(part.survey_id = records.survey_id, true)
                and coalesce(part.journey_step = records.journey_step, true)
                and coalesce(part.channel = records.channel, true)
        )
        """;
}
