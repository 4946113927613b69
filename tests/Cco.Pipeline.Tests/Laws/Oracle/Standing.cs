namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>What an item is at one instant.</summary>
/// <param name="Item">The item: a subscription item, or all lines of one product.</param>
/// <param name="Own">The customer it is of, before acquisitions.</param>
/// <param name="Currency">The currency it is billed in.</param>
/// <param name="Reason">Why it makes no MRR; null where it does.</param>
/// <param name="Net">What it is worth a month, 0 where it does not count.</param>
/// <param name="IsSetToEnd">True if it is cancelled with an end.</param>
internal sealed record Standing(string Item, string Own, string Currency, string? Reason, decimal Net, bool IsSetToEnd)
{
    public bool Counts => Reason is null;

    /// <summary>Why it is held at what it was worth before, if it is: <c>paused</c> or <c>gap</c>.</summary>
    public string? HeldAs => Reason is "paused" or "gap" ? Reason : null;
}
