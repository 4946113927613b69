create table marts.fct_ticket (
    source varchar not null,
    ticket_id varchar not null,
    customer_id varchar,
    assignee_employee_id varchar,
    ticket_type varchar,
    topic varchar,
    channel varchar,
    team varchar,
    priority varchar,
    status varchar not null
        check (status in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
    is_spam boolean not null,
    is_merged boolean not null,
    is_deleted boolean not null,
    has_resolution_before_reply boolean not null,
    created_at timestamp,
    first_replied_at timestamp,
    solved_at timestamp,
    closed_at timestamp,
    primary key (source, ticket_id)
);
comment on table marts.fct_ticket is
    'One row per support ticket as it is now, those that count in no KPI included and flagged.';
comment on column marts.fct_ticket.source is 'System the ticket and its ids come from.';
comment on column marts.fct_ticket.ticket_id is 'The ticket''s id in its source.';
comment on column marts.fct_ticket.customer_id is
    'Customer as the ticket''s source names it. Null: it names none.';
comment on column marts.fct_ticket.assignee_employee_id is 'Employee in charge now. Null: nobody.';
comment on column marts.fct_ticket.ticket_type is
    'Kind of request, such as question, problem, refund. Null: not said.';
comment on column marts.fct_ticket.topic is 'What it is about. Null: not said.';
comment on column marts.fct_ticket.channel is 'How it came in. Null: not known.';
comment on column marts.fct_ticket.team is 'Team in charge now. Null: none, or not known.';
comment on column marts.fct_ticket.priority is 'Priority now. Null: none set.';
comment on column marts.fct_ticket.status is
    'new, open, pending, on_hold: backlog; solved: may be reopened; closed: final.';
comment on column marts.fct_ticket.is_spam is 'True for spam and tests, which count in no KPI.';
comment on column marts.fct_ticket.is_merged is
    'True if another ticket took this one over; it then counts in no KPI.';
comment on column marts.fct_ticket.is_deleted is 'True if the source deleted the ticket.';
comment on column marts.fct_ticket.has_resolution_before_reply is
    'True if the source says it was solved before it was first answered. Both instants are shown '
    'as they came; no duration is computed from them.';
comment on column marts.fct_ticket.created_at is
    'When the customer asked (UTC). Null: not recorded.';
comment on column marts.fct_ticket.first_replied_at is
    'First public answer by an agent (UTC), as the source reports it. Null: none, or not known.';
comment on column marts.fct_ticket.solved_at is
    'Last time it was solved (UTC). Null: not solved, or not known.';
comment on column marts.fct_ticket.closed_at is 'When it was closed for good (UTC). Null: not closed.';
