namespace Cco.Pipeline.Sample;

/// <summary>A subscription item as it is from an instant on.</summary>
internal sealed record ItemVersion(DateTimeOffset ValidFrom, string Status, Plan Plan, decimal Quantity, decimal? UnitAmount)
{
    public DateTimeOffset? PastDueSince { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    public DateTimeOffset? ResumesAt { get; init; }

    public DateTimeOffset? CanceledAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public string? ChurnType { get; init; }

    public string? Reason { get; init; }
}

/// <summary>One priced position of a subscription, with its history.</summary>
internal sealed class SubscriptionItem(string id, DateTimeOffset startedAt, DateTimeOffset? trialEndsAt, ItemVersion first)
{
    private readonly List<ItemVersion> versions = [first];

    public string Id { get; } = id;

    public IReadOnlyList<ItemVersion> Versions => versions;

    public ItemVersion Now => versions[^1];

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? TrialEndsAt { get; } = trialEndsAt;

    /// <summary>Month of the customer's life in which the next invoice bills this item.</summary>
    public int NextBill { get; set; }

    /// <summary>Not ended yet, though perhaps set to end.</summary>
    public bool IsLive => Now.Status != "canceled";

    public bool IsPriced => Now.Plan.ChargeType == "recurring" && !Now.Plan.IsFree;

    /// <summary>Adds a version. Two changes never share an instant, and none comes before an earlier one.</summary>
    public void Change(DateTimeOffset at, Func<ItemVersion, ItemVersion> change)
    {
        var from = After(at);
        versions.Add(change(Now) with { ValidFrom = from });
    }

    /// <summary>The instant, or the first one after it at which the item can be changed.</summary>
    public DateTimeOffset After(DateTimeOffset at) => at <= Now.ValidFrom ? Now.ValidFrom.AddMinutes(1) : at;

    /// <summary>For what is billed once: over on the next day.</summary>
    public void EndAtOnce() => versions[^1] = Now with { EndsAt = StartedAt.Day().AddDays(1).At(0) };

    /// <summary>Writes what became of it, version by version.</summary>
    public void Write(Company company, Subscription subscription)
    {
        foreach (var version in versions.Where(version => company.Calendar.Covers(version.ValidFrom)))
        {
            company.Files.Ledger.SubscriptionItem.Row()
                .Text("subscription_item_id", Id).Instant("valid_from", version.ValidFrom).Text("subscription_id", subscription.Id)
                .Text("contract_id", subscription.ContractId).Text("customer_id", subscription.Customer.Id).Text("product_id", version.Plan.Product.Id)
                .Text("plan_id", version.Plan.Id).Text("status", version.Status).Text("charge_type", version.Plan.ChargeType)
                .Text("billing_interval", version.Plan.Interval).Text("currency", version.Plan.Currency).Text("churn_type", version.ChurnType)
                .Text("cancel_reason", version.Reason).Number("billing_interval_count", version.Plan.IntervalCount)
                .Amount("quantity", version.Quantity).Amount("unit_amount", version.UnitAmount).Instant("started_at", StartedAt)
                .Instant("trial_ends_at", TrialEndsAt).Instant("past_due_since", version.PastDueSince).Instant("paused_at", version.PausedAt)
                .Instant("resumes_at", version.ResumesAt).Instant("canceled_at", version.CanceledAt).Instant("ends_at", version.EndsAt)
                .Instant("updated_at", version.ValidFrom).End();
        }
    }
}
