-- Every conformed ticket is in the fact once, and nothing else is.
with

expected as (
    select source, ticket_id, first_replied_at, solved_at from ticket
),

published as (
    select source, ticket_id, first_replied_at, solved_at from fct_ticket
)

(from expected except all from published)
union all
(from published except all from expected)
