create table conformed.contact (
    source varchar not null default 'file',
    contact_id varchar not null,
    customer_id varchar,
    name varchar,
    email varchar,
    phone varchar,
    job_title varchar,
    role varchar,
    language varchar,
    time_zone varchar,
    is_primary boolean not null default false,
    is_active boolean not null default true,
    is_opted_out boolean not null default false,
    created_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    primary key (source, contact_id)
);
comment on table conformed.contact is
    'One row per person at a customer, or per person who may become one. People are never merged '
    'because they share an address.';
comment on column conformed.contact.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.contact.contact_id is 'The person''s id in its source.';
comment on column conformed.contact.customer_id is
    'Customer the person belongs to. Null: found by e-mail or its domain; whoever matches nobody '
    'is counted and listed.';
comment on column conformed.contact.name is 'Full name. Null: not known.';
comment on column conformed.contact.email is
    'E-mail address, which matches answers and tickets to the person. Null: not known.';
comment on column conformed.contact.phone is
    'Phone number, best in international form such as +4930123456. Null: not known.';
comment on column conformed.contact.job_title is
    'Job title in the person''s own words. Null: not known.';
comment on column conformed.contact.role is
    'Part the person plays for us, such as decision_maker, champion, administrator, billing, user. '
    'Null: not known.';
comment on column conformed.contact.language is
    'Language the person is spoken to in, as BCP 47 tag such as fr. Null: the customer''s.';
comment on column conformed.contact.time_zone is
    'Clock of the person as IANA name such as America/New_York. Null: the customer''s.';
comment on column conformed.contact.is_primary is 'True for the customer''s main contact.';
comment on column conformed.contact.is_active is
    'False once the person has left the customer. Earlier answers stay counted.';
comment on column conformed.contact.is_opted_out is
    'True if the person does not want to be surveyed.';
comment on column conformed.contact.created_at is
    'When the person was first recorded in the source (UTC). Null: not known.';
comment on column conformed.contact.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.contact.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
