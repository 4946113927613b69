create table conformed.touchpoint (
    source varchar not null default 'file',
    touchpoint_id varchar not null,
    customer_id varchar,
    contact_id varchar,
    employee_id varchar,
    journey_id varchar,
    ticket_id varchar,
    store_id varchar,
    journey varchar,
    journey_step varchar not null,
    channel varchar,
    touchpoint_type varchar,
    direction varchar check (direction in ('inbound', 'outbound')),
    outcome varchar not null default 'entered'
        check (outcome in ('entered', 'completed', 'abandoned')),
    topic varchar,
    time_zone varchar,
    sentiment_method varchar,
    wait_seconds decimal(18, 4) check (wait_seconds >= 0),
    service_seconds decimal(18, 4) check (service_seconds >= 0),
    sentiment_score decimal(18, 4) check (sentiment_score between -1 and 1),
    occurred_at timestamp not null,
    ended_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, touchpoint_id)
);
comment on table conformed.touchpoint is
    'One row per contact between a customer and us at a step of the journey, in any channel, '
    'stores included.';
comment on column conformed.touchpoint.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.touchpoint.touchpoint_id is 'The touchpoint''s id in its source.';
comment on column conformed.touchpoint.customer_id is
    'Customer. Null: found by contact, or anonymous as in a store; it counts in the journey all '
    'the same.';
comment on column conformed.touchpoint.contact_id is 'Person. Null: not known.';
comment on column conformed.touchpoint.employee_id is
    'Employee who served. Null: nobody, or not known.';
comment on column conformed.touchpoint.journey_id is
    'One passage through the journey, such as one purchase: touchpoints with the same value belong '
    'together. Null: those of one customer belong together.';
comment on column conformed.touchpoint.ticket_id is 'Ticket it is part of. Null: none.';
comment on column conformed.touchpoint.store_id is 'Store it took place in. Null: not in a store.';
comment on column conformed.touchpoint.journey is
    'Journey, such as purchase, renewal, support. Null: there is one journey only.';
comment on column conformed.touchpoint.journey_step is
    'Step of the journey in few fixed words, such as awareness, selection, checkout, onboarding, '
    'use, support, renewal. All tables use the same words.';
comment on column conformed.touchpoint.channel is
    'Channel, such as web, app, email, phone, chat, store, in_person. Null: not known.';
comment on column conformed.touchpoint.touchpoint_type is
    'Kind of contact, such as visit, call, meeting, business_review, delivery, campaign. Null: not '
    'said.';
comment on column conformed.touchpoint.direction is
    'inbound: the customer came to us; outbound: we went to the customer, which is never a repeat '
    'contact. Null: inbound.';
comment on column conformed.touchpoint.outcome is
    'How the step went. entered: begun, end not known or not yet; completed; abandoned: left '
    'without completing. All three count as entered.';
comment on column conformed.touchpoint.topic is
    'What it was about, in the words that tickets use: the same topic within 7 days is a repeat '
    'contact. Null: any topic matches.';
comment on column conformed.touchpoint.time_zone is
    'Clock of the place as IANA name such as Europe/Paris, for the hour of the day in a store. '
    'Null: the customer''s, or the reporting time zone.';
comment on column conformed.touchpoint.sentiment_method is
    'How sentiment_score came about, such as manual or the name of a tool. Null: not said.';
comment on column conformed.touchpoint.wait_seconds is
    'Seconds waited before being served: in a queue, at a checkout, on hold. Null: not measured, '
    'which is not 0.';
comment on column conformed.touchpoint.service_seconds is
    'Seconds being served. Null: not measured.';
comment on column conformed.touchpoint.sentiment_score is
    'Sentiment of what was said or written from -1 (negative) to 1 (positive). Null: not judged.';
comment on column conformed.touchpoint.occurred_at is 'When the step was entered (UTC).';
comment on column conformed.touchpoint.ended_at is
    'When it was completed or abandoned (UTC). Null: not yet, or not known.';
comment on column conformed.touchpoint.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.touchpoint.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
