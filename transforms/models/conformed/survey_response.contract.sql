create table conformed.survey_response (
    source varchar not null default 'file',
    survey_response_id varchar not null,
    survey_invitation_id varchar,
    survey_id varchar,
    question_id varchar,
    customer_id varchar,
    contact_id varchar,
    respondent_email varchar,
    employee_id varchar,
    ticket_id varchar,
    touchpoint_id varchar,
    product_id varchar,
    survey_type varchar not null check (survey_type in ('nps', 'csat', 'ces', 'other')),
    survey_kind varchar not null check (survey_kind in ('relationship', 'transactional')),
    journey_step varchar,
    channel varchar,
    store_id varchar,
    comment_text varchar,
    language varchar,
    sentiment_label varchar check (sentiment_label in ('negative', 'neutral', 'positive')),
    sentiment_method varchar,
    themes varchar,
    is_reversed boolean not null default false,
    score decimal(18, 4) check (score between scale_min and scale_max),
    scale_min decimal(18, 4) not null,
    scale_max decimal(18, 4) not null,
    sentiment_score decimal(18, 4) check (sentiment_score between -1 and 1),
    answered_at timestamp not null,
    updated_at timestamp,
    deleted_at timestamp,
    check (scale_min < scale_max),
    check (
        survey_type <> 'nps'
        or (scale_min = 0 and scale_max = 10 and (score is null or score = floor(score)))
    ),
    primary key (source, survey_response_id)
);
comment on table conformed.survey_response is
    'One row per answer to one scored question of a survey. An answer that is changed later, such '
    'as a rating of a ticket, is a further row: the last one counts and the changes are kept.';
comment on column conformed.survey_response.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.survey_response.survey_response_id is
    'The answer''s id in its source. Where one response holds several scored questions, one id for '
    'each, such as response and question joined.';
comment on column conformed.survey_response.survey_invitation_id is
    'Invitation that was answered. Null: answered without one, or not known; it then stays out of '
    'the response rate.';
comment on column conformed.survey_response.survey_id is
    'Survey or programme the question belongs to. Null: not said.';
comment on column conformed.survey_response.question_id is
    'Question within the survey. Null: the survey has one question.';
comment on column conformed.survey_response.customer_id is
    'Customer the respondent answered for. Null: found by contact or e-mail; whoever matches '
    'nobody is counted and listed.';
comment on column conformed.survey_response.contact_id is
    'Contact who answered. Null: found by e-mail, or anonymous.';
comment on column conformed.survey_response.respondent_email is
    'E-mail address of who answered, which tells people apart and finds their customer. Null: not '
    'known; without contact and address each answer counts as a person of its own.';
comment on column conformed.survey_response.employee_id is
    'Employee the rating is about: for a ticket whoever was its assignee at the time of rating, '
    'not today. Null: about nobody.';
comment on column conformed.survey_response.ticket_id is 'Ticket the answer is about. Null: none.';
comment on column conformed.survey_response.touchpoint_id is
    'Touchpoint the answer is about. Null: none.';
comment on column conformed.survey_response.product_id is
    'Product the answer is about. Null: none.';
comment on column conformed.survey_response.survey_type is
    'nps: would you recommend us, 0 to 10; csat: how satisfied are you, thumbs included; ces: how '
    'easy was it, version 2.0; other: any other scored question.';
comment on column conformed.survey_response.survey_kind is
    'relationship: about us as a whole, asked at intervals; transactional: about one event, asked '
    'after it. The two are never pooled.';
comment on column conformed.survey_response.journey_step is
    'Step of the customer journey the answer is about, in the words that touchpoints use, such as '
    'purchase, onboarding, support. Null: none.';
comment on column conformed.survey_response.channel is
    'Where it was asked, such as email, app, phone, store. Null: not known.';
comment on column conformed.survey_response.store_id is 'Store the answer is about. Null: none.';
comment on column conformed.survey_response.comment_text is
    'What the respondent wrote. Null: nothing.';
comment on column conformed.survey_response.language is
    'Language of the comment as BCP 47 tag such as de. Null: not known.';
comment on column conformed.survey_response.sentiment_label is
    'Sentiment of the comment where the source or a person has judged it. Null: not judged.';
comment on column conformed.survey_response.sentiment_method is
    'How sentiment_score or sentiment_label came about, such as manual or qualtrics_text_iq, which '
    'is printed beside the KPI. Null: not said.';
comment on column conformed.survey_response.themes is
    'Themes the comment is about, separated by semicolons, such as price;delivery. Null: not '
    'judged.';
comment on column conformed.survey_response.is_reversed is
    'True for the old effort question in which a low score means easy, 1 to 5: only then is the '
    'score turned around and converted to 1 to 7.';
comment on column conformed.survey_response.score is
    'The score given, on the scale of this row. A score outside its scale is refused and listed. '
    'Null: a comment was left but no score; it counts for sentiment only.';
comment on column conformed.survey_response.scale_min is
    'Lowest score the question allows: 0 for NPS, usually 1 for CSAT and CES, 0 for thumbs.';
comment on column conformed.survey_response.scale_max is
    'Highest score the question allows: 10 for NPS, 3, 4, 5, 7 or 10 for CSAT, 7 for CES, 1 for '
    'thumbs (0 down, 1 up).';
comment on column conformed.survey_response.sentiment_score is
    'Sentiment of the comment from -1 (negative) to 1 (positive). Null: not judged.';
comment on column conformed.survey_response.answered_at is 'When this answer was given (UTC).';
comment on column conformed.survey_response.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.survey_response.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
