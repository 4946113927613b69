-- What the records of Qualtrics are made with.

-- The distribution that an invitation belongs to, of the invitation's id.
create macro distribution_of(invitation_id) as 'EMD_' || regexp_extract(invitation_id, '^(D|EMD_)(\d+)', 2);

-- The link to the survey that has an invitation's id.
create macro survey_link(survey_id, link) as
    'https://sample.qualtrics.com/jfe/form/' || survey_id || '?Q_DL=' || link || '&Q_CHL=email';
