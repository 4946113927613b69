-- What the records of Zendesk are made with.

-- The word that Zendesk has for a status.
create macro zendesk_status(status) as case status when 'on_hold' then 'hold' else status end;

-- Whole minutes from one instant to another.
create macro minutes_between(earlier, later) as (seconds(later) - seconds(earlier)) // 60;

-- Events by their numbers: those of one update differ in the last digit. What an update made is named update-, an agent's
-- reply reply- with the same number.
create view event as
select
    *,
    cast(split_part(ticket_event_id, '-', 2) as bigint) as event_number,
    event_number // 10 * 10 as update_number,
    starts_with(ticket_event_id, 'reply-') as is_reply
from ticket_event
group by all;

-- Minutes since midnight of a time of day such as 09:30.
create macro minute_of_day(time_of_day) as
    cast(time_of_day[:2] as bigint) * 60 + cast(time_of_day[4:] as bigint);
