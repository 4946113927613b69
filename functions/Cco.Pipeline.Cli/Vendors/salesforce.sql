-- What the records of Salesforce are made with.

-- The id of a user, which begins as those of all users do.
create macro user_id(employee_id) as '005' || employee_id;

-- The user who does what nobody does by hand.
create macro automation_id() as user_id('AUTOMATION');

-- The queue that cases are in until somebody has them.
create macro queue_id() as '00GSUPPORT';

-- An instant as the REST API writes it.
create macro rest_instant(instant) as replace(instant, 'Z', '.000+0000');

-- When all that the sample deletes or merges goes into the recycle bin: a day after the last change
-- of a customer.
create macro cleaned_at() as (
    select
        strftime(
            max(cast(rtrim(valid_from, 'Z') as timestamp)) + interval 1 day, '%Y-%m-%dT%H:%M:%SZ'
        )
    from customer
);

-- A word with a capital.
create macro capitalised(word) as upper(word[1]) || word[2:];

-- The name that the org has for a status.
create macro case_status(status) as
    case status
        when 'new' then 'New'
        when 'open' then 'Working'
        when 'pending' then 'Waiting on Customer'
        when 'on_hold' then 'On Hold'
        when 'solved' then 'Solved'
        when 'closed' then 'Closed'
    end;

-- The name that the org has for a priority.
create macro case_priority(priority) as
    case priority when 'normal' then 'Medium' else capitalised(priority) end;
