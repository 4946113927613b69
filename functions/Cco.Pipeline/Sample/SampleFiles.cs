namespace Cco.Pipeline.Sample;

/// <summary>All tables of the sample company.</summary>
internal sealed class SampleFiles : IAsyncDisposable
{
    private readonly List<SampleTable> tables = [];
    private readonly Func<string, string, SampleTable> make;

    public SampleFiles(string folder, SampleOptions options, Dirt dirt)
    {
        make = (entity, system) => new SampleTable(entity, system, folder, options, dirt);
        Customer = Table("customer");
        Contact = Table("contact");
        CustomerLink = Table("customer_link");
        CustomerMerge = Table("customer_merge");
        Employee = Table("employee");
        Opportunity = Table("opportunity");
        Initiative = Table("initiative");
        InitiativeMember = Table("initiative_member");
        Referral = Table("referral");
        Touchpoint = Table("touchpoint");
        OnboardingMilestone = Table("onboarding_milestone");
        Ledger = Billing(SampleFile.OwnSystem);
        ContractTerm = Table("contract_term");
        ServiceDelivery = Table("service_delivery");
        ExchangeRate = Table("exchange_rate", "ecb");
        SurveyInvitation = Table("survey_invitation");
        SurveyResponse = Table("survey_response");
        FeedbackCase = Table("feedback_case");
        Ticket = Table("ticket");
        TicketEvent = Table("ticket_event");
        BusinessSchedule = Table("business_schedule");
        UsageDay = Table("usage_day");
        Stripe = Billing("stripe");
        StripeCustomer = Table("customer", "stripe");
        Zendesk = new ZendeskTables(
            Table("customer", "zendesk"), Table("contact", "zendesk"), Table("employee", "zendesk"), Table("ticket", "zendesk"), Table("ticket_event", "zendesk"),
            Table("survey_invitation", "zendesk"), Table("survey_response", "zendesk"), Table("business_schedule", "zendesk"));
        Hubspot = new HubspotTables(Table("customer", "hubspot"), Table("contact", "hubspot"), Table("employee", "hubspot"), Table("opportunity", "hubspot"));
        Qualtrics = new QualtricsTables(Table("contact", "qualtrics"), Table("survey_invitation", "qualtrics"), Table("survey_response", "qualtrics"));
    }

    public SampleTable Customer { get; }

    public SampleTable Contact { get; }

    public SampleTable CustomerLink { get; }

    public SampleTable CustomerMerge { get; }

    public SampleTable Employee { get; }

    public SampleTable Opportunity { get; }

    public SampleTable Initiative { get; }

    public SampleTable InitiativeMember { get; }

    public SampleTable Referral { get; }

    public SampleTable Touchpoint { get; }

    public SampleTable OnboardingMilestone { get; }

    /// <summary>What the company bills by itself.</summary>
    public BillingTables Ledger { get; }

    /// <summary>What Stripe bills for it.</summary>
    public BillingTables Stripe { get; }

    /// <summary>Those who pay through Stripe, as it knows them.</summary>
    public SampleTable StripeCustomer { get; }

    /// <summary>The desk of those who are not managed.</summary>
    public ZendeskTables Zendesk { get; }

    /// <summary>Those whom people sell to, before they buy.</summary>
    public HubspotTables Hubspot { get; }

    /// <summary>The regular survey of those who are not managed.</summary>
    public QualtricsTables Qualtrics { get; }

    public SampleTable ContractTerm { get; }

    public SampleTable ServiceDelivery { get; }

    public SampleTable ExchangeRate { get; }

    public SampleTable SurveyInvitation { get; }

    public SampleTable SurveyResponse { get; }

    public SampleTable FeedbackCase { get; }

    public SampleTable Ticket { get; }

    public SampleTable TicketEvent { get; }

    public SampleTable BusinessSchedule { get; }

    public SampleTable UsageDay { get; }

    public IReadOnlyList<SampleFile> Written => [.. tables.SelectMany(table => table.Files)];

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            await table.FlushAsync(cancellationToken);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            await table.CompleteAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in tables)
        {
            await table.DisposeAsync();
        }
    }

    /// <summary>Where a customer is billed.</summary>
    public BillingTables BillingOf(CustomerProfile customer) => customer.IsOnStripe ? Stripe : Ledger;

    private BillingTables Billing(string system) => new(
        Table("product", system), Table("plan", system), Table("subscription_item", system), Table("discount", system),
        Table("invoice_line", system), Table("payment", system), Table("credit_note", system));

    private SampleTable Table(string entity, string system = SampleFile.OwnSystem)
    {
        var table = make(entity, system);
        tables.Add(table);
        return table;
    }
}

/// <summary>The tables of a system that bills.</summary>
internal sealed record BillingTables(
    SampleTable Product, SampleTable Plan, SampleTable SubscriptionItem, SampleTable Discount, SampleTable InvoiceLine, SampleTable Payment, SampleTable CreditNote);

/// <summary>The tables of a desk that is kept in Zendesk.</summary>
internal sealed record ZendeskTables(
    SampleTable Customer, SampleTable Contact, SampleTable Employee, SampleTable Ticket, SampleTable TicketEvent, SampleTable SurveyInvitation, SampleTable SurveyResponse,
    SampleTable BusinessSchedule);

/// <summary>The tables of a survey in Qualtrics.</summary>
internal sealed record QualtricsTables(SampleTable Contact, SampleTable SurveyInvitation, SampleTable SurveyResponse);

/// <summary>The tables of a CRM that is kept in HubSpot.</summary>
internal sealed record HubspotTables(SampleTable Customer, SampleTable Contact, SampleTable Employee, SampleTable Opportunity);
