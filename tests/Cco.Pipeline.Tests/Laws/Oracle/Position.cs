namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>What an item is worth at a month's end. A paused item is held at what it was worth before, and is no MRR.</summary>
internal sealed record Position(string Item, string Own, string Currency, decimal Worth, bool IsPaused, bool IsSetToEnd)
{
    public (string Item, string Own, string Currency) Key => (Item, Own, Currency);

    public decimal Mrr => IsPaused ? 0 : Worth;
}
