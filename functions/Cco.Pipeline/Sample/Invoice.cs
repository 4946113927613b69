namespace Cco.Pipeline.Sample;

/// <summary>A line of an invoice. The service period is null where there is none; on Stripe it is then the day of the invoice alone.</summary>
internal readonly record struct InvoiceLine(
    SubscriptionItem? Item, Plan? Plan, string Type, decimal Quantity, decimal Amount, decimal Discount, decimal Tax, (DateOnly From, DateOnly To)? Service);

/// <summary>An invoice before it is issued, and what becomes of it.</summary>
internal sealed class Invoice(string number, Subscription subscription, DateOnly date, DateOnly due)
{
    public string Id { get; } = $"{(subscription.Customer.IsOnStripe ? "in_" : "IN-")}{number}";

    public Subscription Subscription { get; } = subscription;

    public DateOnly Date { get; } = date;

    public DateOnly Due { get; } = due;

    public string Currency => Subscription.Currency;

    public List<InvoiceLine> Lines { get; } = [];

    public string Status { get; set; } = "open";

    public DateTimeOffset UpdatedAt { get; set; } = date.At(0);

    public decimal Net => Lines.Sum(line => line.Amount);

    public decimal Tax => Lines.Sum(line => line.Tax);

    public decimal Total => Net + Tax;

    /// <summary>The id of a line; they are numbered from 1.</summary>
    public string LineId(int line) => Subscription.Customer.IsOnStripe ? $"il_{Id[3..]}-{line}" : $"{Id}-{line}";

    public void Write(Company company)
    {
        var customer = Subscription.Customer;
        for (var place = 0; place < Lines.Count; place++)
        {
            var line = Lines[place];
            company.Files.BillingOf(customer).InvoiceLine.Row()
                .Text("invoice_line_id", LineId(place + 1)).Text("invoice_id", Id).Text("customer_id", customer.BillingId)
                .Text("subscription_id", Subscription.Id).Text("subscription_item_id", line.Item?.Id)
                .Text("product_id", line.Plan?.Product.Id).Text("plan_id", customer.IsOnStripe ? line.Plan?.StripeId : line.Plan?.Id).Text("line_type", line.Type)
                .Text("invoice_status", Status).Text("description", line.Plan?.Product.Name).Text("currency", Currency)
                .Amount("quantity", line.Quantity).Amount("amount", line.Amount).Amount("discount_amount", line.Discount)
                .Amount("tax_amount", line.Tax).Day("service_start_date", line.Service?.From).Day("service_end_date", line.Service?.To)
                .Day("invoice_date", Date).Day("due_date", Due).Instant("updated_at", UpdatedAt).End();
        }
    }
}
