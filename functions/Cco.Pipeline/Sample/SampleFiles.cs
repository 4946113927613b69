namespace Cco.Pipeline.Sample;

/// <summary>All tables of the sample company.</summary>
internal sealed class SampleFiles : IAsyncDisposable
{
    private readonly List<SampleTable> tables = [];
    private readonly Func<string, SampleTable> make;

    public SampleFiles(string folder, SampleOptions options, Dirt dirt)
    {
        make = entity => new SampleTable(entity, folder, options, dirt);
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
        Product = Table("product");
        Plan = Table("plan");
        SubscriptionItem = Table("subscription_item");
        Discount = Table("discount");
        ContractTerm = Table("contract_term");
        InvoiceLine = Table("invoice_line");
        Payment = Table("payment");
        CreditNote = Table("credit_note");
        ServiceDelivery = Table("service_delivery");
        ExchangeRate = Table("exchange_rate");
        SurveyInvitation = Table("survey_invitation");
        SurveyResponse = Table("survey_response");
        FeedbackCase = Table("feedback_case");
        Ticket = Table("ticket");
        TicketEvent = Table("ticket_event");
        BusinessSchedule = Table("business_schedule");
        UsageDay = Table("usage_day");
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

    public SampleTable Product { get; }

    public SampleTable Plan { get; }

    public SampleTable SubscriptionItem { get; }

    public SampleTable Discount { get; }

    public SampleTable ContractTerm { get; }

    public SampleTable InvoiceLine { get; }

    public SampleTable Payment { get; }

    public SampleTable CreditNote { get; }

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

    private SampleTable Table(string entity)
    {
        var table = make(entity);
        tables.Add(table);
        return table;
    }
}
