namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Tells the steps of an item as the versions a billing system would record.</summary>
internal static class ItemStory
{
    public static IEnumerable<SubscriptionItem> Tell(SubscriptionItem first, IEnumerable<ItemStep> steps)
    {
        var versions = new List<SubscriptionItem> { first };
        var at = first.StartedAt;
        foreach (var step in steps)
        {
            at += step.Gap;
            versions.Add(Next(versions[^1], step, at) with { ValidFrom = at });
        }

        // What is said twice about one instant holds as it was said last.
        return versions.GroupBy(version => version.ValidFrom).Select(same => same.Last());
    }

    /// <summary>The last version alone, as a source without history gives it.</summary>
    public static SubscriptionItem WithoutHistory(SubscriptionItem last) => last with
    {
        ValidFrom = SubscriptionItem.Always,
        PausedAt = last.Status == "paused" ? last.PausedAt ?? last.ValidFrom : last.PausedAt,
        PastDueSince = last.Status is "past_due" or "unpaid" ? last.PastDueSince ?? last.ValidFrom : last.PastDueSince,
        EndsAt = last.Status == "canceled" ? last.EndsAt ?? last.CanceledAt ?? last.ValidFrom : last.EndsAt,
    };

    private static SubscriptionItem Next(SubscriptionItem item, ItemStep step, DateTime at) => step.Event switch
    {
        ItemEvent.Repriced => item with { UnitAmount = step.Terms.UnitAmount },
        ItemEvent.Resized => item with { Quantity = step.Terms.Quantity },
        ItemEvent.Replanned => item with { PlanId = step.Terms.PlanId, ProductId = step.Terms.ProductId },
        ItemEvent.Rebilled => item with { BillingInterval = step.Terms.Interval, BillingIntervalCount = step.Terms.IntervalCount },
        ItemEvent.Redenominated => item with { Currency = step.Terms.Currency },
        ItemEvent.Paused => item with { Status = "paused", PausedAt = step.IsTold ? at : null, ResumesAt = step.IsTold ? at + step.Span : null },
        ItemEvent.Resumed => item with { Status = "active", PausedAt = step.IsTold ? item.PausedAt : null, ResumesAt = step.IsTold ? at : null },
        ItemEvent.FellBehind => item with { Status = "past_due", PastDueSince = step.IsTold ? at - (step.Span ?? TimeSpan.Zero) : null },
        ItemEvent.Paid => item with { Status = "active", PastDueSince = null },
        ItemEvent.GivenUp => item with { Status = "unpaid" },
        ItemEvent.Canceled when step.IsTold => item with { CanceledAt = at, EndsAt = at + (step.Span ?? TimeSpan.Zero) },
        ItemEvent.Canceled => item with { Status = "canceled", CanceledAt = at, EndsAt = at + step.Span },
        ItemEvent.Restarted => item with { Status = "active", CanceledAt = null, EndsAt = null },
        ItemEvent.Deleted => item with { DeletedAt = at },
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Event, "This event has no telling."),
    };
}
