namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>What happens to a subscription item.</summary>
internal enum ItemEvent
{
    Repriced,
    Resized,
    Replanned,
    Rebilled,
    Redenominated,
    Paused,
    Resumed,
    FellBehind,
    Paid,
    GivenUp,
    Canceled,
    Restarted,
    Deleted,
}

/// <summary>One step of an item's story.</summary>
/// <param name="Event">What happens.</param>
/// <param name="Gap">How long after the step before.</param>
/// <param name="Span">What the event itself needs: how long a pause lasts, until when is paid, since when money is owed.</param>
/// <param name="IsTold">Whether the record gives the instants of the event, beside its status.</param>
/// <param name="Terms">The terms from now on, of which the event takes what it is about.</param>
internal sealed record ItemStep(ItemEvent Event, TimeSpan Gap, TimeSpan? Span, bool IsTold, ItemTerms Terms);

/// <summary>What is sold at which price.</summary>
internal sealed record ItemTerms(decimal UnitAmount, decimal Quantity, string? PlanId, string? ProductId, string Interval, int IntervalCount, string Currency);
