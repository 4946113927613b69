namespace Cco.Pipeline.Sample;

/// <summary>A support ticket as it goes along: its present state and how it got there.</summary>
internal sealed class Ticket(int number, CustomerProfile customer, DateTimeOffset createdAt)
{
    private int events;

    public string Id => Customer.IsOnZendesk ? $"{ZendeskNumber}" : $"T-{Customer.Number}-{number:000}";

    /// <summary>Its number in Zendesk.</summary>
    public long ZendeskNumber => ((Customer.Index + 1) * 1000L) + number;

    public CustomerProfile Customer { get; } = customer;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public required string Topic { get; init; }

    public required string Channel { get; init; }

    public required string Priority { get; set; }

    public required string Agent { get; set; }

    public required int Person { get; init; }

    public string Status { get; private set; } = "new";

    public bool IsSpam { get; init; }

    public string? MergedInto { get; set; }

    public int Replies { get; private set; }

    public int Reopenings { get; private set; }

    public decimal Minutes { get; private set; }

    public DateTimeOffset? FirstReplied { get; private set; }

    public DateTimeOffset? FirstSolved { get; private set; }

    public DateTimeOffset? Solved { get; private set; }

    public DateTimeOffset? Closed { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    /// <summary>Zendesk holds spam back before it becomes a ticket.</summary>
    private bool IsHeldBack => IsSpam && Customer.IsOnZendesk;

    private string Contact => Versions.ContactIdOf(Customer, Person);

    public void Opened(Company company) => Event(company, CreatedAt, "created", "customer", null, "new");

    public void Assigned(Company company, DateTimeOffset at, string? from) => Event(company, at, "assignee", "system", from, Agent);

    public void Raised(Company company, DateTimeOffset at)
    {
        Event(company, at, "priority", "agent", Priority, "urgent");
        Priority = company.Calendar.Covers(at) ? "urgent" : Priority;
    }

    public void Noted(Company company, DateTimeOffset at) => Event(company, at, "comment", "agent", null, null, isPublic: false);

    public void Asked(Company company, DateTimeOffset at) => Event(company, at, "comment", "customer", null, null);

    public void Rescheduled(Company company, DateTimeOffset at, string to) => Event(company, at, "schedule", "system", Schedules.IdOf(Customer.Place.Region), to);

    public void Replied(Company company, DateTimeOffset at, decimal minutes)
    {
        if (Event(company, at, "comment", "agent", null, null))
        {
            (FirstReplied, Replies, Minutes) = (FirstReplied ?? at, Replies + 1, Minutes + minutes);
        }
    }

    public void Moved(Company company, DateTimeOffset at, string status)
    {
        if (!Event(company, at, "status", status is "closed" ? "system" : "agent", Status, status))
        {
            return;
        }

        Reopenings += Status == "solved" && status == "open" ? 1 : 0;
        (Solved, FirstSolved) = status == "solved" ? (at, FirstSolved ?? at) : (Solved, FirstSolved);
        Closed = status == "closed" ? at : Closed;
        Status = status;
    }

    public void Merged(Company company, DateTimeOffset at, string into)
    {
        if (Event(company, at, "merged", "agent", null, into))
        {
            MergedInto = into;
            Moved(company, at.AddSeconds(1), "closed");
        }
    }

    public void Write(Company company)
    {
        if (IsHeldBack)
        {
            return;
        }

        if (Customer.IsOnZendesk)
        {
            ZendeskDesk.Write(company, this);
            return;
        }

        company.Files.Ticket.Row()
            .Text("ticket_id", Id).Text("customer_id", Person == 1 && Customer.Index % 5 == 2 ? null : Customer.Id).Text("contact_id", Person == 1 ? null : Contact)
            .Text("requester_email", Versions.EmailOf(Customer, Person)).Text("assignee_employee_id", Agent)
            .Text("business_schedule_id", Schedules.IdOf(Customer.Place.Region)).Text("product_id", Topic == "billing" ? null : Product.Core.Id)
            .Text("merged_into_ticket_id", MergedInto).Text("subject", IsSpam ? "You have won, click here" : $"Help with {Topic}")
            .Text("ticket_type", Topic == "outage" ? "incident" : "question").Text("topic", Topic).Text("journey_step", Topic == "setup" ? "onboarding" : "support")
            .Text("channel", Channel).Text("team", "Support").Text("priority", Priority).Text("status", Status).Flag("is_spam", IsSpam)
            .Number("reply_count", Replies).Number("reopen_count", Reopenings).Amount("handling_minutes", Minutes).Instant("created_at", CreatedAt)
            .Instant("first_replied_at", FirstReplied).Instant("first_solved_at", FirstSolved).Instant("solved_at", Solved).Instant("closed_at", Closed)
            .Instant("updated_at", UpdatedAt).Instant("deleted_at", null).End();
    }

    /// <summary>Writes an event, unless it lies ahead. Returns whether it happened.</summary>
    private bool Event(Company company, DateTimeOffset at, string type, string author, string? from, string? to, bool isPublic = true)
    {
        if (!company.Calendar.Covers(at) || IsHeldBack)
        {
            return false;
        }

        UpdatedAt = at > UpdatedAt ? at : UpdatedAt;
        if (Customer.IsOnZendesk)
        {
            ZendeskDesk.Write(company, this, new TicketStep(++events, at, type, author, from, to, isPublic));
            return true;
        }

        company.Files.TicketEvent.Row()
            .Text("ticket_event_id", $"{Id}-{++events:00}").Text("ticket_id", Id).Text("author_employee_id", author == "agent" ? Agent : null)
            .Text("author_contact_id", author == "customer" ? Contact : null).Text("event_type", type).Text("author_role", author)
            .Text("old_value", from).Text("new_value", to).Flag("is_public", isPublic).Instant("occurred_at", at).End();
        return true;
    }
}

/// <summary>A thing that happened to a ticket.</summary>
internal sealed record TicketStep(int Number, DateTimeOffset At, string Type, string Author, string? From, string? To, bool IsPublic);
