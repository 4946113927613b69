-- A recorded response.
select
    split_part(survey_response_id, ':', 1) as id,
    seconds(answered_at) as recorded_at,
    {
        'responseId': split_part(survey_response_id, ':', 1),
        'values': {
            'status': 0,
            'finished': 1,
            'startDate': answered_at,
            'endDate': answered_at,
            'recordedDate': answered_at,
            'LastModifiedDate': answered_at,
            'recipientEmail': respondent_email,
            'distributionChannel': channel,
            'userLanguage': upper(language),
            'QID1': cast(score as bigint),
            'QID1_NPS_GROUP': case
                when cast(score as bigint) >= 9 then 3
                when cast(score as bigint) >= 7 then 2
                else 1
            end,
            'QID2_TEXT': comment_text,
            'Q_URL': survey_link(survey_id, survey_invitation_id)
        }
    }::json as json
from survey_response
group by all
