create table conformed.survey_invitation (
    source varchar not null default 'file',
    survey_invitation_id varchar not null,
    survey_id varchar,
    customer_id varchar,
    contact_id varchar,
    recipient_email varchar,
    employee_id varchar,
    ticket_id varchar,
    touchpoint_id varchar,
    product_id varchar,
    survey_type varchar not null check (survey_type in ('nps', 'csat', 'ces', 'other')),
    survey_kind varchar not null check (survey_kind in ('relationship', 'transactional')),
    journey_step varchar,
    channel varchar,
    store_id varchar,
    status varchar not null default 'delivered'
        check (status in ('scheduled', 'sent', 'delivered', 'bounced', 'failed', 'suppressed')),
    sent_at timestamp,
    delivered_at timestamp,
    expires_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (status <> 'delivered' or coalesce(sent_at, delivered_at) is not null),
    primary key (source, survey_invitation_id)
);
comment on table conformed.survey_invitation is
    'One row per invitation to a survey and recipient, the base of the response rate. Reminders '
    'are not invitations.';
comment on column conformed.survey_invitation.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.survey_invitation.survey_invitation_id is
    'The invitation''s id in its source.';
comment on column conformed.survey_invitation.survey_id is
    'Survey or programme invited to. Null: not said.';
comment on column conformed.survey_invitation.customer_id is
    'Customer the recipient belongs to. Null: found by contact or e-mail.';
comment on column conformed.survey_invitation.contact_id is
    'Contact invited. Null: found by e-mail, or anonymous.';
comment on column conformed.survey_invitation.recipient_email is
    'E-mail address invited. Null: another channel, or not known.';
comment on column conformed.survey_invitation.employee_id is
    'Employee the survey asks about, such as a ticket''s assignee at that time. Null: about '
    'nobody.';
comment on column conformed.survey_invitation.ticket_id is
    'Ticket the survey asks about. Null: none.';
comment on column conformed.survey_invitation.touchpoint_id is
    'Touchpoint the survey asks about. Null: none.';
comment on column conformed.survey_invitation.product_id is
    'Product the survey asks about. Null: none.';
comment on column conformed.survey_invitation.survey_type is
    'Kind of question, as in survey_response.';
comment on column conformed.survey_invitation.survey_kind is
    'relationship: about us as a whole; transactional: about one event. As in survey_response.';
comment on column conformed.survey_invitation.journey_step is
    'Step of the customer journey asked about, in the words that touchpoints use. Null: none.';
comment on column conformed.survey_invitation.channel is
    'How it was sent, such as email, sms, app. Null: not known.';
comment on column conformed.survey_invitation.store_id is
    'Store the survey asks about. Null: none.';
comment on column conformed.survey_invitation.status is
    'scheduled: not sent yet; sent: on its way, not known whether it arrived; delivered; bounced: '
    'returned; failed: could not be sent; suppressed: held back, for instance because the person '
    'opted out. Only delivered ones, and any that were answered, count in the response rate.';
comment on column conformed.survey_invitation.sent_at is
    'When it was sent (UTC), which is the period it counts in. Null: not sent, or not known: '
    'delivered_at counts.';
comment on column conformed.survey_invitation.delivered_at is
    'When it arrived (UTC). Null: did not arrive, or not known.';
comment on column conformed.survey_invitation.expires_at is
    'First instant it could no longer be answered (UTC). Null: no limit.';
comment on column conformed.survey_invitation.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.survey_invitation.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
