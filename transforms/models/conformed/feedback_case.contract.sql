create table conformed.feedback_case (
    source varchar not null default 'file',
    feedback_case_id varchar not null,
    survey_response_id varchar,
    resurvey_response_id varchar,
    ticket_id varchar,
    customer_id varchar,
    contact_id varchar,
    owner_employee_id varchar,
    root_cause varchar,
    action_taken varchar,
    reopen_count bigint not null default 0 check (reopen_count >= 0),
    opened_at timestamp not null,
    contacted_at timestamp,
    due_at timestamp,
    closed_at timestamp,
    reopened_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, feedback_case_id)
);
comment on table conformed.feedback_case is
    'One row per case opened to follow up a bad answer or a complaint: who called back, what was '
    'found, what was done.';
comment on column conformed.feedback_case.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.feedback_case.feedback_case_id is 'The case''s id in its source.';
comment on column conformed.feedback_case.survey_response_id is
    'Answer that is followed up. Null: another cause, or not known; the case then counts in no '
    'share of detractors.';
comment on column conformed.feedback_case.resurvey_response_id is
    'Answer of the same person after closing, for the recovery. Null: the person''s next answer of '
    'the same kind after closed_at.';
comment on column conformed.feedback_case.ticket_id is 'Ticket about the same matter. Null: none.';
comment on column conformed.feedback_case.customer_id is
    'Customer. Null: that of the answer or ticket.';
comment on column conformed.feedback_case.contact_id is
    'Person. Null: that of the answer or ticket.';
comment on column conformed.feedback_case.owner_employee_id is
    'Employee responsible. Null: nobody.';
comment on column conformed.feedback_case.root_cause is
    'What caused it, in few fixed words. A case without one is not closed, whatever closed_at '
    'says. Null: not found yet.';
comment on column conformed.feedback_case.action_taken is
    'What was done about it. A case without one is not closed, whatever closed_at says. Null: '
    'nothing yet.';
comment on column conformed.feedback_case.reopen_count is
    'Times the case went back to work after closing.';
comment on column conformed.feedback_case.opened_at is
    'When the case was opened (UTC). The 48 hours to the first contact count from the answer.';
comment on column conformed.feedback_case.contacted_at is
    'When a person of ours first reached the customer (UTC); attempts do not count. Null: not yet.';
comment on column conformed.feedback_case.due_at is
    'When the case is to be closed by (UTC). Null: by the service level in the settings.';
comment on column conformed.feedback_case.closed_at is 'When it was last closed (UTC). Null: open.';
comment on column conformed.feedback_case.reopened_at is
    'When it was last reopened (UTC); later than closed_at, the case is open. Null: never.';
comment on column conformed.feedback_case.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.feedback_case.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
