-- What the staging models of Intercom share.

-- A conversation, with its parts where they come with it.
create macro intercom_conversation(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "title": "VARCHAR", "state": "VARCHAR", "priority": "VARCHAR", "created_at": "VARCHAR",
            "updated_at": "VARCHAR", "admin_assignee_id": "VARCHAR", "team_assignee_id": "VARCHAR",
            "company": {"id": "VARCHAR"}, "contacts": {"contacts": [{"id": "VARCHAR"}]},
            "source": {
                "type": "VARCHAR", "delivered_as": "VARCHAR", "subject": "VARCHAR", "body": "VARCHAR",
                "author": {"type": "VARCHAR", "id": "VARCHAR", "email": "VARCHAR"}
            },
            "first_contact_reply": {"created_at": "VARCHAR"},
            "statistics": {
                "first_admin_reply_at": "VARCHAR", "first_close_at": "VARCHAR", "last_close_at": "VARCHAR",
                "count_reopens": "VARCHAR", "adjusted_handling_time": "VARCHAR"
            },
            "conversation_rating": {
                "rating": "VARCHAR", "remark": "VARCHAR", "created_at": "VARCHAR", "updated_at": "VARCHAR",
                "contact": {"id": "VARCHAR"}, "teammate": {"type": "VARCHAR", "id": "VARCHAR"}
            },
            "conversation_parts": {"conversation_parts": [{
                "id": "VARCHAR", "part_type": "VARCHAR", "body": "VARCHAR", "state": "VARCHAR", "created_at": "VARCHAR",
                "author": {"type": "VARCHAR", "id": "VARCHAR"}, "assigned_to": {"type": "VARCHAR", "id": "VARCHAR"}
            }]}
        }'
    );

-- When the customer asked, in seconds: of a message to the customer, when it was first answered.
create macro intercom_asked_at(conversation) as
    case
        when conversation.source.delivered_as = 'customer_initiated' then conversation.created_at
        else conversation.first_contact_reply.created_at
    end;

-- A state in the words of the contract; a closed conversation opens again when the customer writes.
-- Others are left as they are, so that the contract refuses them.
create macro intercom_status(state) as
    case state when 'snoozed' then 'on_hold' when 'closed' then 'solved' else state end;

-- The teammate that a rating is about. Null: a bot.
create macro intercom_rated_admin(rating) as
    case when rating.teammate.type = 'admin' then rating.teammate.id end;

-- Whether somebody is one of the customer's.
create macro intercom_is_contact(author) as author.type in ('contact', 'lead', 'user');
