-- Grain: one row per contact of a distribution of the NPS survey, and reading of it.
-- Scope: company
with

invitations as (
    select
        origin,
        json_transform(
            payload,
            '{
                "contactId": "VARCHAR", "status": "VARCHAR", "surveyLink": "VARCHAR", "sentAt": "VARCHAR",
                "_parent": {"distribution_id": "VARCHAR", "survey_id": "VARCHAR", "expires_at": "VARCHAR", "sent_at": "VARCHAR"}
            }'
        ) as invitation
    from raw.qualtrics__invitation
),

final as (
    select
        origin,
        -- keys: a response carries the Q_DL of the link it was given by
        'qualtrics' as source,
        coalesce(
            qualtrics_link(invitation.surveyLink),
            concat_ws(':', invitation._parent.distribution_id, invitation.contactId)
        ) as survey_invitation_id,
        invitation._parent.survey_id as survey_id,
        invitation.contactId as contact_id,

        -- attributes
        'nps' as survey_type,
        'relationship' as survey_kind,
        'email' as channel,
        case
            when invitation.status = 'Pending' then 'scheduled'
            when invitation.status in (
                'Success', 'Opened', 'Complaint', 'SurveyStarted', 'SurveyPartiallyFinished',
                'SurveyFinished', 'SurveyScreenedOut', 'SessionExpired'
            )
            then 'delivered'
            when invitation.status in ('SoftBounce', 'HardBounce') then 'bounced'
            when invitation.status in ('Error', 'Failure', 'Unknown') then 'failed'
            when invitation.status in ('Skipped', 'Blocked') then 'suppressed'
            else coalesce(invitation.status, 'none')
        end as status,

        -- times
        coalesce(
            invitation.sentAt,
            case when invitation.status <> 'Pending' then invitation._parent.sent_at end
        ) as sent_at,
        invitation._parent.expires_at as expires_at
    from invitations
)

select * from final
