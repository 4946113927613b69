create table conformed.ticket (
    source varchar not null default 'file',
    ticket_id varchar not null,
    customer_id varchar,
    contact_id varchar,
    requester_email varchar,
    assignee_employee_id varchar,
    business_schedule_id varchar,
    product_id varchar,
    merged_into_ticket_id varchar,
    subject varchar,
    ticket_type varchar,
    topic varchar,
    journey_step varchar,
    channel varchar,
    team varchar,
    priority varchar,
    status varchar not null default 'open'
        check (status in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
    is_spam boolean not null default false,
    reply_count bigint check (reply_count >= 0),
    reopen_count bigint check (reopen_count >= 0),
    handling_minutes decimal(18, 4) check (handling_minutes >= 0),
    created_at timestamp,
    first_replied_at timestamp,
    first_solved_at timestamp,
    solved_at timestamp,
    closed_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, ticket_id)
);
comment on table conformed.ticket is
    'One row per support ticket, case or conversation as it is now. What happened to it over time '
    'is in ticket_event; where a source has no events, the instants and counts here are used.';
comment on column conformed.ticket.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.ticket.ticket_id is 'The ticket''s id in its source.';
comment on column conformed.ticket.customer_id is
    'Customer the ticket is for. Null: found by contact or e-mail; whoever matches nobody is '
    'counted and listed.';
comment on column conformed.ticket.contact_id is
    'Contact who asked. Null: found by e-mail, or not known.';
comment on column conformed.ticket.requester_email is
    'E-mail address of who asked. Null: not known.';
comment on column conformed.ticket.assignee_employee_id is
    'Employee in charge now. Who was in charge at an earlier time is in ticket_event. Null: '
    'nobody.';
comment on column conformed.ticket.business_schedule_id is
    'Business hours that apply now; earlier ones are in ticket_event. Null: the default schedule.';
comment on column conformed.ticket.product_id is 'Product asked about. Null: not known.';
comment on column conformed.ticket.merged_into_ticket_id is
    'Ticket that took this one over; a merged ticket counts in no KPI. Null: not merged.';
comment on column conformed.ticket.subject is 'Subject line. Null: none.';
comment on column conformed.ticket.ticket_type is
    'Kind of request, such as question, problem, incident, task, complaint, refund. Null: not '
    'said.';
comment on column conformed.ticket.topic is
    'What it is about, in few fixed words: a further ticket or touchpoint of the customer on the '
    'same topic within 7 days is a repeat contact. Null: any topic matches.';
comment on column conformed.ticket.journey_step is
    'Step of the customer journey it concerns, in the words that touchpoints use. Null: support.';
comment on column conformed.ticket.channel is
    'How it came in, such as email, web, chat, phone, app, social, store. Null: not known.';
comment on column conformed.ticket.team is 'Team in charge now. Null: the assignee''s.';
comment on column conformed.ticket.priority is
    'Priority now, such as low, normal, high, urgent. Null: none set.';
comment on column conformed.ticket.status is
    'new: nobody has taken it; open: with us; pending: waiting for the customer; on_hold: waiting '
    'for somebody else; solved: answered, may be reopened; closed: final. All but solved and '
    'closed are backlog.';
comment on column conformed.ticket.is_spam is 'True for spam and tests, which count in no KPI.';
comment on column conformed.ticket.reply_count is
    'Public comments by agents, as the source counts them, for first-contact resolution where '
    'there are no events. Null: not known.';
comment on column conformed.ticket.reopen_count is
    'Times it went from solved back to work, as the source counts them, used where there are no '
    'events. Null: not known.';
comment on column conformed.ticket.handling_minutes is
    'Minutes people spent on it, for the cost to serve. Null: not recorded.';
comment on column conformed.ticket.created_at is
    'When the customer asked (UTC). Null: not recorded; the ticket then has no reply or resolution '
    'time and is not in the backlog.';
comment on column conformed.ticket.first_replied_at is
    'First public answer by an agent (UTC), as the source reports it, used where there are no '
    'events. Null: none yet, or not known.';
comment on column conformed.ticket.first_solved_at is
    'First time it was solved (UTC), as the source reports it, used where there are no events. '
    'Null: never, or not known.';
comment on column conformed.ticket.solved_at is
    'Last time it was solved (UTC). An instant before an earlier step is kept and flagged. Null: '
    'not solved, or not known.';
comment on column conformed.ticket.closed_at is
    'When it was closed for good (UTC). Null: not closed.';
comment on column conformed.ticket.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.ticket.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
