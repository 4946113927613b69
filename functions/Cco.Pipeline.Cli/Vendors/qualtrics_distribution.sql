-- A sending of the survey to a list.
select
    distribution_of(survey_invitation_id) as id,
    seconds(sent_at) as sent_second,
    {
        'id': distribution_of(survey_invitation_id),
        'requestStatus': 'Done',
        'requestType': 'Invite',
        'sendDate': sent_at,
        'createdDate': sent_at,
        'modifiedDate': sent_at,
        'surveyLink': {
            'surveyId': survey_id,
            'expirationDate': expires_at,
            'linkType': 'Individual'
        },
        'stats': {
            'sent': count(*) filter (status <> 'suppressed'),
            'bounced': count(*) filter (status = 'bounced'),
            'failed': count(*) filter (status = 'failed'),
            'skipped': count(*) filter (status = 'suppressed')
        }
    }::json as json
from survey_invitation
group by distribution_of(survey_invitation_id), sent_at, expires_at, survey_id
