namespace Cco.Pipeline.Sample;

/// <summary>
/// The support desk as Zendesk tells it: ids are numbers, times to the first answer and solution are whole minutes, an update of a ticket is one
/// event for each field that it sets, and a survey is good or bad. What Zendesk has no field for is not written: topics, journeys, minutes of work,
/// which schedule a ticket follows, and which ticket it was merged into.
/// </summary>
internal static class ZendeskDesk
{
    /// <summary>The group of all agents.</summary>
    private const string Group = "600001";

    /// <summary>How a ticket that was merged is known: by a tag, without the other one.</summary>
    private const string Unknown = "unknown";

    /// <summary>Its organization; null: a person has none.</summary>
    public static string? OrganizationIdOf(CustomerProfile customer) => customer is { IsOnZendesk: true, IsConsumer: false } ? $"{900_000_000L + customer.Index}" : null;

    public static string ScheduleIdOf(string region) => $"{400 + Array.IndexOf(Place.Regions, region)}";

    public static void WriteOrganization(Company company, CustomerProfile customer, string id) =>
        company.Files.Zendesk.Customer.Row()
            .Text("customer_id", id).Instant("valid_from", customer.StartedAt).Text("name", customer.Name).Text("domain", customer.Domain).Instant("created_at", customer.StartedAt).Instant("updated_at", customer.StartedAt).End();

    public static void WritePerson(Company company, CustomerProfile customer, int which, string name) =>
        company.Files.Zendesk.Contact.Row()
            .Text("contact_id", UserIdOf(customer, which)).Text("customer_id", OrganizationIdOf(customer)).Text("name", name).Text("email", Versions.EmailOf(customer, which))
            .Text("language", customer.Place.Language).Text("time_zone", customer.Place.TimeZone).Instant("created_at", customer.StartedAt)
            .Instant("updated_at", customer.StartedAt).End();

    /// <summary>An agent, who is known since the desk was opened.</summary>
    public static void WriteAgent(Company company, string employeeId)
    {
        var name = Staff.NameOf(company, employeeId);
        company.Files.Zendesk.Employee.Row()
            .Text("employee_id", AgentIdOf(employeeId)).Instant("valid_from", company.Calendar.Start.At(0)).Text("name", name)
            .Text("email", Staff.EmailOf(name, employeeId)).Text("team", Group).Text("role", "support_agent").Text("time_zone", "Etc/UTC").Flag("is_active", true).Instant("updated_at", company.Calendar.Start.At(0)).End();
    }

    public static void Write(Company company, Ticket ticket) =>
        company.Files.Zendesk.Ticket.Row()
            .Text("ticket_id", ticket.Id).Text("customer_id", OrganizationIdOf(ticket.Customer)).Text("contact_id", UserIdOf(ticket.Customer, ticket.Person))
            .Text("assignee_employee_id", AgentIdOf(ticket.Agent)).Text("merged_into_ticket_id", ticket.MergedInto is null ? null : Unknown)
            .Text("subject", $"Help with {ticket.Topic}").Text("ticket_type", ticket.Topic == "outage" ? "incident" : "question").Text("channel", ticket.Channel)
            .Text("team", Group).Text("priority", ticket.Priority).Text("status", ticket.Status).Number("reply_count", ticket.Replies)
            .Number("reopen_count", ticket.Reopenings).Instant("created_at", ticket.CreatedAt).Instant("first_replied_at", InMinutes(ticket, ticket.FirstReplied))
            .Instant("first_solved_at", InMinutes(ticket, ticket.FirstSolved)).Instant("solved_at", ticket.Solved).Instant("closed_at", ticket.Closed)
            .Instant("updated_at", ticket.UpdatedAt).End();

    /// <summary>The events of an update. That it follows other business hours, and what it was merged into, is none of them.</summary>
    public static void Write(Company company, Ticket ticket, TicketStep step)
    {
        var requester = UserIdOf(ticket.Customer, ticket.Person);
        switch (step.Type)
        {
            case "created":
                Event(0, "created", author: requester);
                Event(1, "comment", author: requester);
                Event(2, "status", author: requester, to: step.To);
                Event(3, "priority", author: requester, to: ticket.Priority);
                Event(4, "team", author: requester, to: Group);
                break;
            case "comment":
                Event(1, "comment", agent: step.IsPublic ? null : AgentIdOf(ticket.Agent), isPublic: step.IsPublic);
                if (step is { Author: "agent", IsPublic: true })
                {
                    Event(1, "comment", role: "agent", kind: "reply");
                }

                break;
            case "merged":
                Event(1, "comment", agent: AgentIdOf(ticket.Agent), isPublic: false);
                break;
            case "assignee":
                Event(1, "assignee", role: "system", from: step.From is null ? null : AgentIdOf(step.From), to: AgentIdOf(step.To!));
                break;
            case "status" or "priority":
                Event(1, step.Type, role: step.Author == "system" ? "system" : null, from: step.From, to: step.To);
                break;
        }

        void Event(int part, string type, string kind = "update", string? agent = null, string? author = null, string? role = null, string? from = null, string? to = null, bool isPublic = true) =>
            company.Files.Zendesk.TicketEvent.Row()
                .Text("ticket_event_id", $"{kind}-{(ticket.ZendeskNumber * 1000) + (step.Number * 10) + part}").Text("ticket_id", ticket.Id)
                .Text("author_employee_id", agent).Text("author_contact_id", author).Text("event_type", type).Text("author_role", role)
                .Text("old_value", from).Text("new_value", to).Flag("is_public", isPublic).Instant("occurred_at", step.At).End();
    }

    /// <summary>A survey that was offered.</summary>
    public static void WriteOffer(Company company, Ticket ticket, DateTimeOffset at, DateTimeOffset updatedAt) =>
        Rated(company.Files.Zendesk.SurveyInvitation.Row().Text("survey_invitation_id", RatingIdOf(ticket)), ticket)
            .Text("status", "delivered").Instant("sent_at", at).Instant("updated_at", updatedAt).End();

    /// <summary>What was answered.</summary>
    public static void WriteRating(Company company, Ticket ticket, DateTimeOffset at, bool isGood, string? comment) =>
        Rated(company.Files.Zendesk.SurveyResponse.Row().Text("survey_response_id", RatingIdOf(ticket)).Text("survey_invitation_id", RatingIdOf(ticket)), ticket)
            .Text("comment_text", comment).Number("score", isGood ? 1 : 0).Number("scale_min", 0).Number("scale_max", 1).Instant("answered_at", at).Instant("updated_at", at).End();

    private static CsvRow Rated(CsvRow row, Ticket ticket) =>
        row.Text("contact_id", UserIdOf(ticket.Customer, ticket.Person)).Text("employee_id", AgentIdOf(ticket.Agent)).Text("ticket_id", ticket.Id)
            .Text("survey_type", "csat").Text("survey_kind", "transactional");

    private static string UserIdOf(CustomerProfile customer, int which) => $"{8_000_000_000L + (customer.Index * 10L) + which}";

    /// <summary>An agent's number is that of its place on the staff.</summary>
    private static string AgentIdOf(string employeeId) => $"{700_000_000L + long.Parse(employeeId[2..])}";

    private static string RatingIdOf(Ticket ticket) => $"{500_000_000_000L + ticket.ZendeskNumber}";

    private static DateTimeOffset? InMinutes(Ticket ticket, DateTimeOffset? at) =>
        at is null ? null : ticket.CreatedAt.AddMinutes((long)(at.Value - ticket.CreatedAt).TotalMinutes);
}
