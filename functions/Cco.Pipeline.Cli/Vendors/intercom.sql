-- What the records of Intercom are made with. A record that is gone is null from then on.

-- The state that Intercom has for a status.
create macro intercom_state(status) as
    case
        when status in ('new', 'open') then 'open'
        when status in ('pending', 'on_hold') then 'snoozed'
        when status in ('solved', 'closed') then 'closed'
    end;

-- When a person is archived whom the sample deletes: later, so that it is there for a while.
create macro archived_at(instant) as
    strftime(
        cast(rtrim(instant, 'Z') as timestamp) + interval 20 days, '%Y-%m-%dT%H:%M:%SZ'
    );
