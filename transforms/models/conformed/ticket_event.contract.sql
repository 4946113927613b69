create table conformed.ticket_event (
    source varchar not null default 'file',
    ticket_event_id varchar not null,
    ticket_id varchar not null,
    author_employee_id varchar,
    author_contact_id varchar,
    event_type varchar not null check (
        event_type in (
            'created', 'comment', 'status', 'priority', 'assignee', 'team', 'schedule', 'merged'
        )
    ),
    author_role varchar check (author_role in ('agent', 'customer', 'system')),
    channel varchar,
    old_value varchar,
    new_value varchar,
    is_public boolean not null default true,
    occurred_at timestamp not null,
    updated_at timestamp,
    deleted_at timestamp,
    check (
        event_type <> 'status'
        or coalesce(new_value, '') in (
            'new', 'open', 'pending', 'on_hold', 'solved', 'closed'
        )
    ),
    primary key (source, ticket_event_id)
);
comment on table conformed.ticket_event is
    'One row per thing that happened to a ticket: comments and changes, in order. First reply, '
    'resolution, reopening and backlog come from here.';
comment on column conformed.ticket_event.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.ticket_event.ticket_event_id is 'The event''s id in its source.';
comment on column conformed.ticket_event.ticket_id is 'Ticket it happened to.';
comment on column conformed.ticket_event.author_employee_id is
    'Employee who did it. Null: not one.';
comment on column conformed.ticket_event.author_contact_id is
    'Contact who did it. Null: not one, or not known.';
comment on column conformed.ticket_event.event_type is
    'created: the ticket was opened; comment: somebody wrote or spoke; the others: that field '
    'changed from old_value to new_value, merged with the ticket it went into as new_value.';
comment on column conformed.ticket_event.author_role is
    'agent: one of us, customer: one of theirs, system: an automation, whose comments are no '
    'reply. Null: agent if author_employee_id is given, customer if author_contact_id is, else '
    'system.';
comment on column conformed.ticket_event.channel is
    'Channel of a comment, such as email, chat, phone. Null: the ticket''s.';
comment on column conformed.ticket_event.old_value is
    'Value before a change: a status as in ticket, a priority, an id of employee or schedule, a '
    'team. Null: none before, or not known.';
comment on column conformed.ticket_event.new_value is
    'Value after a change, as in old_value. From solved or closed back to any other status is a '
    'reopening. Null: none after, or no change.';
comment on column conformed.ticket_event.is_public is
    'Whether the customer can see the comment. False for internal notes, which are no reply.';
comment on column conformed.ticket_event.occurred_at is
    'When it happened (UTC). Events of the same instant go by ticket_event_id.';
comment on column conformed.ticket_event.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.ticket_event.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
