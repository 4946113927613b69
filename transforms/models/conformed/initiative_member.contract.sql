create table conformed.initiative_member (
    source varchar not null default 'file',
    initiative_id varchar not null,
    customer_id varchar not null,
    arm varchar not null check (arm in ('treated', 'control')),
    stratum varchar,
    treated_at timestamp,
    left_at timestamp,
    updated_at timestamp,
    deleted_at timestamp,
    check (arm = 'treated' or treated_at is null),
    primary key (source, initiative_id, customer_id)
);
comment on table conformed.initiative_member is
    'One row per customer in an initiative, treated or control.';
comment on column conformed.initiative_member.source is
    'System the record and its ids come from, in lower case, such as salesforce or stripe; file '
    'when nothing else is said. Every id in the row is an id of this system.';
comment on column conformed.initiative_member.initiative_id is 'Initiative the customer is in.';
comment on column conformed.initiative_member.customer_id is
    'The customer. It is in one arm of an initiative only.';
comment on column conformed.initiative_member.arm is
    'treated: was offered the initiative; control: was not, and is compared with.';
comment on column conformed.initiative_member.stratum is
    'Group within which treated and control are compared: a matched pair or a block such as '
    'segment and region. Null: the whole initiative is one group.';
comment on column conformed.initiative_member.treated_at is
    'When the customer was first treated (UTC). Null: for treated from the start of the '
    'initiative; for control always null.';
comment on column conformed.initiative_member.left_at is
    'When the customer left the initiative (UTC); it stays in its arm. Null: did not.';
comment on column conformed.initiative_member.updated_at is
    'When the source last changed the record (UTC). Of several versions the latest counts; null: '
    'the one landed last.';
comment on column conformed.initiative_member.deleted_at is
    'When the source deleted the record (UTC): what it counted for before stays counted. Null: not '
    'deleted.';
