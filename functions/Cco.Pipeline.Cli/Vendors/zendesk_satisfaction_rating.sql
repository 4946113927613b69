-- A survey of a ticket that was offered, and answered or not.
with

offers as (
    from survey_invitation
    group by all
),

answers as (
    select survey_invitation_id, score, comment_text
    from survey_response
    group by all
)

select
    survey_invitation_id as id,
    seconds(sent_at) as offered_at,
    {
        'id': cast(survey_invitation_id as bigint),
        'ticket_id': cast(offers.ticket_id as bigint),
        'requester_id': cast(offers.contact_id as bigint),
        'assignee_id': cast(offers.employee_id as bigint),
        'score': case answers.score when '1' then 'good' when '0' then 'bad' else 'offered' end,
        'comment': answers.comment_text,
        'created_at': offers.sent_at,
        'updated_at': offers.updated_at
    }::json as json
from offers
left join answers using (survey_invitation_id)
