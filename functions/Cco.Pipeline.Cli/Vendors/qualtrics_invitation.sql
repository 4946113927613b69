-- What became of an invitation. Whom a rule kept from being asked got no link.
with

answers as (
    select survey_invitation_id from survey_response group by all
)

select
    distribution_of(survey_invitation.survey_invitation_id) as id,
    seconds(sent_at) as sent_second,
    {
        'contactId': contact_id,
        'distributionId': distribution_of(survey_invitation.survey_invitation_id),
        'status': case
            when status = 'bounced' then 'HardBounce'
            when status = 'suppressed' then 'Blocked'
            when status = 'failed' then 'Failure'
            when answers.survey_invitation_id is not null then 'SurveyFinished'
            else 'Success'
        end,
        'surveyLink': case
            when status <> 'suppressed'
            then survey_link(survey_id, survey_invitation.survey_invitation_id)
        end,
        'sentAt': case when status <> 'suppressed' then sent_at end
    }::json as json
from survey_invitation
left join answers on survey_invitation.survey_invitation_id = answers.survey_invitation_id
