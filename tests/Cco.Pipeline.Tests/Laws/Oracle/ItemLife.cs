using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>One subscription item, asked what it is at any instant. Answers follow the decision "When an item is active" and the comments of its contract.</summary>
internal sealed class ItemLife(string id, IReadOnlyList<SubscriptionItem> versions, Books books, People people, ReportingClock clock)
{
    private readonly DateTime? deletedAt = clock.Local(versions.Min(version => version.DeletedAt));

    private IReadOnlyList<DateTime>? turns;

    public string Id => id;

    private bool IsEndedByCancelling => books.Settings.CancelTiming == "at_cancellation";

    /// <summary>The instants at which an answer may change, in order.</summary>
    public IReadOnlyList<DateTime> Turns => turns ??= [.. versions.SelectMany((_, index) => TurnsOf(index)).Distinct().Order()];

    /// <summary>When the discounts are looked at of which the item's worth at an instant is made.</summary>
    /// <remarks>
    /// Decision "Discounts": an item that goes on to the month's end unchanged has the discounts of that end for the whole month; in the month in
    /// which it changes or ends it has those of the month before until then, or those it began with where it began within the month.
    /// </remarks>
    public DateTime DiscountedAt(DateTime instant)
    {
        var from = Turns.LastOrDefault(turn => turn <= instant);
        var to = Turns.FirstOrDefault(turn => turn > instant, DateTime.MaxValue);
        var month = clock.MonthOf(instant);
        return to > clock.LastInstant(month) ? clock.LastInstant(month)
            : from < clock.Start(month) ? clock.LastInstant(month - 1)
            : from;
    }

    /// <summary>The version that holds; the first one also holds before itself.</summary>
    public SubscriptionItem VersionAt(DateTime instant) => versions[IndexAt(instant)];

    /// <summary>Why the item makes no MRR at an instant; null where it does.</summary>
    public string? ReasonAt(DateTime instant)
    {
        var index = IndexAt(instant);
        var version = versions[index];
        var own = people.Own(version.CustomerId);
        return people.IsTest(own) ? "test_customer"
            : version.ChargeType != "recurring" ? version.ChargeType
            : version.Status == "incomplete" ? "incomplete"
            : version.UnitAmount == 0 || books.Market.Plans.Any(plan => plan.PlanId == version.PlanId && plan.IsFree) ? "free"
            : version.Quantity == 0 ? "no_quantity"
            : instant < Local(version.StartedAt) ? "not_started"
            : instant >= deletedAt ? "deleted"
            : instant >= people.DeletedAt(own) ? "customer_deleted"
            : instant >= EndsAt(version) ? "ended"
            : IsTrial(version, instant) ? "trial"
            : instant >= CollectionEnd(index) ? "unpaid"
            : PauseReason(index, instant);
    }

    /// <summary>True from the instant at which it was cancelled, however far off the end.</summary>
    public bool IsSetToEndAt(DateTime instant)
    {
        var version = VersionAt(instant);
        return clock.Local(version.CanceledAt) <= instant && EndsAt(version) is not null;
    }

    private static bool IsBehind(SubscriptionItem version) => version.Status is "past_due" or "unpaid" || version.PastDueSince is not null;

    /// <summary>The instants of a version, as far as they lie in the time for which it holds.</summary>
    private IEnumerable<DateTime> TurnsOf(int index)
    {
        var version = versions[index];
        var instants = new[]
        {
            index > 0 ? Local(version.ValidFrom) : (DateTime?)null,
            Local(version.StartedAt),
            clock.Local(version.TrialEndsAt),
            OwedSince(index),
            CollectionEnd(index),
            PausedAt(index),
            ResumesAt(index),
            PausedAt(index)?.AddDays(books.Settings.PauseDays),
            clock.Local(version.CanceledAt),
            EndsAt(version),
            deletedAt,
            people.DeletedAt(people.Own(version.CustomerId)),
        };
        return instants.OfType<DateTime>().Where(instant => IndexAt(instant) == index);
    }

    private int IndexAt(DateTime instant)
    {
        var index = versions.Count - 1;
        while (index > 0 && Local(versions[index].ValidFrom) > instant)
        {
            index--;
        }

        return index;
    }

    /// <summary>The versions around one that are all in a state: they are one episode, not several.</summary>
    private IEnumerable<SubscriptionItem> Episode(int index, Func<SubscriptionItem, bool> isIn)
    {
        var first = index;
        while (first > 0 && isIn(versions[first - 1]))
        {
            first--;
        }

        return versions.Skip(first).TakeWhile(isIn);
    }

    /// <summary>Decision "When a cancellation counts": when what is paid for is over, or when it was cancelled.</summary>
    private DateTime? EndsAt(SubscriptionItem version) => clock.Local(
        version.EndsAt is { } end ? (IsEndedByCancelling && version.CanceledAt < end ? version.CanceledAt : end)
        : version.Status == "canceled" ? version.CanceledAt ?? version.ValidFrom
        : null);

    private bool IsTrial(SubscriptionItem version, DateTime instant) =>
        clock.Local(version.TrialEndsAt) is { } end ? instant < end : version.Status == "trialing";

    private DateTime? OwedSince(int index) =>
        IsBehind(versions[index]) ? Local(Episode(index, IsBehind).Min(version => version.PastDueSince ?? version.ValidFrom)) : null;

    /// <summary>Decision "Past due": the dunning window after the oldest amount that is owed, or when collection was given up.</summary>
    private DateTime? CollectionEnd(int index)
    {
        var windowEnd = OwedSince(index)?.AddDays(books.Settings.DunningDays);
        return versions[index] is { Status: "unpaid" } given && given.ValidFrom > SubscriptionItem.Always && Local(given.ValidFrom) < windowEnd
            ? Local(given.ValidFrom)
            : windowEnd;
    }

    private DateTime? PausedAt(int index)
    {
        var version = versions[index];
        return clock.Local(version.Status == "paused"
            ? Episode(index, other => other.Status == "paused").Min(other => other.PausedAt ?? other.ValidFrom)
            : version.ResumesAt > version.PausedAt || version.PausedAt >= version.ValidFrom ? version.PausedAt : null);
    }

    /// <summary>When the pause ends, if that is known.</summary>
    private DateTime? ResumesAt(int index) => clock.Local(versions[index].ResumesAt) is { } end && end > PausedAt(index) ? end : null;

    private string? PauseReason(int index, DateTime instant)
    {
        var start = PausedAt(index);
        return !(instant >= start) || instant >= ResumesAt(index) ? null
            : instant >= start.Value.AddDays(books.Settings.PauseDays) ? "pause_expired"
            : "paused";
    }

    private DateTime Local(DateTime instant) => instant == SubscriptionItem.Always ? instant : clock.Local(instant);
}
