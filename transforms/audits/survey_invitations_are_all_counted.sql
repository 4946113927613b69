-- Each invitation that arrived counts once in the month it was sent, unless it says why not.
with

arrived_invitations as (
    select
        survey_invitation.survey_type,
        survey_invitation.survey_kind,
        int_survey_delivery.sent_month as period_start,
        count(*) as sent_count,
        0 as published_count
    from survey_invitation
    left join int_survey_delivery
        on survey_invitation.source = int_survey_delivery.source
        and survey_invitation.survey_invitation_id = int_survey_delivery.survey_invitation_id
    where int_survey_delivery.exclusion_reason is null
        and coalesce(
            int_survey_delivery.withdrawn_month > int_survey_delivery.sent_month, true
        )
    group by all
),

published_invitations as (
    select
        survey_type,
        survey_kind,
        period_start,
        0 as sent_count,
        delivered_count as published_count
    from fct_survey_score
    where period_type = 'month' and segment_dimension = 'all'
),

months as (
    select * from arrived_invitations
    union all
    select * from published_invitations
),

final as (
    select
        survey_type,
        survey_kind,
        period_start,
        sum(sent_count)::bigint as sent_count,
        sum(published_count)::bigint as published_count
    from months
    group by all
    having sum(sent_count) <> sum(published_count)
)

select * from final
