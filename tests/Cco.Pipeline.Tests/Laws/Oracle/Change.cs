namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>An item at the beginning and at the end of a month, valued at the rate of its beginning.</summary>
internal sealed record Change(Position? Before, Position? After, Func<decimal, decimal> Value)
{
    public string Own => (After ?? Before)!.Own;

    public string Currency => (After ?? Before)!.Currency;

    /// <summary>What changed, a pause or a gap counting as if nothing had.</summary>
    public decimal Difference => Value(After?.Worth ?? 0) - Value(Before?.Worth ?? 0);

    /// <summary>
    /// What rests and what wakes. A pause that ends without being resumed is no longer one, nor is a gap once loads come again: what it held is then
    /// churn or contraction. What rests at another worth than before has woken in between.
    /// </summary>
    public IEnumerable<(string Type, decimal Amount)> Rest()
    {
        var hasWoken = After?.Worth != Before?.Worth;
        if (After?.HeldAs is { } rest && (Before?.HeldAs is null || hasWoken))
        {
            yield return (rest, -Value(After.Worth));
        }

        if (Before?.HeldAs is { } held && (After?.HeldAs is null || hasWoken))
        {
            yield return (held == "paused" && After is not null ? "resumed" : held, Value(Before.Worth));
        }
    }
}
