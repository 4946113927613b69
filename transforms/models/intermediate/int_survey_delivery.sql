-- Grain: one row per survey invitation: whether it arrived and was answered, and when it counts.
-- Scope: company
-- Decisions: "Who could have answered".
with

invitations as (
    select * from survey_invitation
),

matched_invitations as (
    select *
    from int_survey_matched
    where record_type = 'invitation'
),

-- An answer withdrawn in the month it was given was never published.
answered_invitations as (
    select
        source,
        survey_invitation_id,
        survey_type,
        min(answered_at) as first_answered_at
    from int_survey_answer
    where survey_invitation_id is not null
        and has_score
        and exclusion_reason is distinct from 'not_covered'
        and coalesce(withdrawn_month > answered_month, true)
    group by all
),

dated_invitations as (
    select
        invitations.*,
        matched_invitations.* exclude (
            record_type, source, record_id, survey_id, journey_step, channel
        ),
        answered_invitations.first_answered_at is not null as is_answered,
        cast(
            local_time(coalesce(
                invitations.sent_at,
                invitations.delivered_at,
                answered_invitations.first_answered_at
            )) as date
        ) as sent_date,
        cast(local_time(invitations.deleted_at) as date) as deleted_date
    from invitations
    left join matched_invitations
        on invitations.source = matched_invitations.source
        and invitations.survey_invitation_id = matched_invitations.record_id
    left join answered_invitations
        on invitations.source = answered_invitations.source
        and invitations.survey_invitation_id = answered_invitations.survey_invitation_id
        and invitations.survey_type = answered_invitations.survey_type
),

final as (
    select
        -- keys
        source,
        survey_invitation_id,
        customer_key,

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
        case
            when survey_type = 'other' then 'no_kpi'
            when status <> 'delivered' and not is_answered then 'not_delivered'
            when sent_date >= getvariable('as_of') then 'not_covered'
            when is_test_customer then 'test_customer'
            when is_after_deletion then 'customer_deleted'
        end as exclusion_reason,

        -- flags
        is_answered,

        -- times
        first_of_month(sent_date) as sent_month,
        if(deleted_date < getvariable('as_of'), first_of_month(deleted_date), null)
            as withdrawn_month
    from dated_invitations
)

select * from final
