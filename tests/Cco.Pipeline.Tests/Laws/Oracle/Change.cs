namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>An item at the beginning and at the end of a month, valued at the rate of its beginning.</summary>
internal sealed record Change(Position? Before, Position? After, Func<decimal, decimal> Value)
{
    public string Own => (After ?? Before)!.Own;

    public string Currency => (After ?? Before)!.Currency;

    /// <summary>What changed, a pause counting as if nothing had.</summary>
    public decimal Difference => Value(After?.Worth ?? 0) - Value(Before?.Worth ?? 0);

    /// <summary>What rests and what wakes. A pause that ends without being resumed is no longer one: what it held is then churn or contraction.</summary>
    public IEnumerable<(string Type, decimal Amount)> Rest()
    {
        if (After is { IsPaused: true } && Before is not { IsPaused: true })
        {
            yield return ("paused", -Value(After.Worth));
        }

        if (Before is { IsPaused: true } && After is not { IsPaused: true })
        {
            yield return (After is null ? "paused" : "resumed", Value(Before.Worth));
        }
    }
}
