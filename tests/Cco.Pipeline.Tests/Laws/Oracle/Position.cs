namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>What an item is worth at a month's end. One that is paused or in a gap is held at what it was worth before, and is no MRR.</summary>
/// <param name="Item">The item.</param>
/// <param name="Own">The customer it is of, before acquisitions.</param>
/// <param name="Currency">The currency it is billed in.</param>
/// <param name="Worth">What it is worth a month.</param>
/// <param name="HeldAs">Why it is held; null where it is MRR.</param>
/// <param name="IsSetToEnd">True if it is cancelled with an end.</param>
internal sealed record Position(string Item, string Own, string Currency, decimal Worth, string? HeldAs, bool IsSetToEnd)
{
    public (string Item, string Own, string Currency) Key => (Item, Own, Currency);

    public decimal Mrr => HeldAs is null ? Worth : 0;
}
