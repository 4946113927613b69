namespace Cco.Pipeline.Tests.Laws.Companies;

// Rows of conformed entities: a property is the column of its name in snake case, null is null, and instants are UTC.

internal sealed record Customer(
    string CustomerId, DateTime ValidFrom, string? Segment, string? Region, bool IsTest, DateTime? BecameCustomerAt, DateTime? DeletedAt);

internal sealed record CustomerMerge(string FromCustomerId, string IntoCustomerId, string MergeKind, DateTime? MergedAt);

internal sealed record Product(string ProductId, string? ProductFamily);

internal sealed record Plan(string PlanId, string? ProductId, string? Tier, bool IsFree);

internal sealed record ExchangeRate(DateOnly RateDate, string FromCurrency, string ToCurrency, decimal Rate);

internal sealed record MissingLoad(DateOnly MonthStart, DateTime? DeletedAt);

internal sealed record SubscriptionItem(
    string SubscriptionItemId,
    string SubscriptionId,
    string CustomerId,
    string? ProductId,
    string? PlanId,
    string ChargeType,
    string Currency,
    DateTime StartedAt)
{
    /// <summary>What <see cref="ValidFrom"/> is where nothing is said: since the item started.</summary>
    public static readonly DateTime Always = new(1900, 1, 1);

    public DateTime ValidFrom { get; init; } = Always;

    public string Status { get; init; } = "active";

    public string BillingInterval { get; init; } = "month";

    public int BillingIntervalCount { get; init; } = 1;

    public decimal Quantity { get; init; } = 1;

    public decimal UnitAmount { get; init; }

    public DateTime? TrialEndsAt { get; init; }

    public DateTime? PastDueSince { get; init; }

    public DateTime? PausedAt { get; init; }

    public DateTime? ResumesAt { get; init; }

    public DateTime? CanceledAt { get; init; }

    public DateTime? EndsAt { get; init; }

    public DateTime? DeletedAt { get; init; }
}

internal sealed record Discount(
    string DiscountId,
    string? CustomerId,
    string? SubscriptionId,
    string? SubscriptionItemId,
    string? Currency,
    bool IsRecurring,
    decimal? PercentOff,
    decimal? AmountOff,
    DateTime? StartsAt,
    DateTime? EndsAt,
    DateTime? DeletedAt);

internal sealed record InvoiceLine(
    string InvoiceLineId,
    string InvoiceId,
    string CustomerId,
    string? SubscriptionItemId,
    string? ProductId,
    string? PlanId,
    string LineType,
    string InvoiceStatus,
    string Currency,
    decimal Quantity,
    decimal Amount,
    decimal DiscountAmount,
    DateOnly? ServiceStartDate,
    DateOnly? ServiceEndDate,
    DateOnly InvoiceDate,
    DateTime? DeletedAt);
