namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>When each customer paid: the instants of its company, gone through one after the other. Neither a pause nor a gap is an end.</summary>
internal sealed class PayingSpells
{
    private readonly ReportingClock clock;
    private readonly Dictionary<string, List<(DateTime Began, DateTime? Lapsed)>> spells = new(StringComparer.Ordinal);

    public PayingSpells(Ledger ledger, People people, MonthEnds months, ReportingClock clock)
    {
        this.clock = clock;
        var alive = new HashSet<(string, string)>();
        var instants = Enumerable.Range(months.First, clock.LastMonth - months.First + 1).Select(clock.Start)
            .Concat(ledger.Turns)
            .Distinct()
            .Order();
        foreach (var instant in instants)
        {
            var standings = ledger.At(instant)
                .Where(standing => standing.Net > 0 || (standing.HeldAs is not null
                    && (alive.Contains((standing.Item, standing.Currency)) || months.Holds(standing.Item, clock.MonthOf(instant)))))
                .ToList();
            alive = [.. standings.Select(standing => (standing.Item, standing.Currency))];
            Step(instant, standings.Select(standing => people.Holder(standing.Own, clock.MonthOf(instant))).ToHashSet(StringComparer.Ordinal));
        }
    }

    /// <summary>The month in which a customer first paid; null if it never did.</summary>
    public int? FirstMonth(string customer) => Of(customer) is [var first, ..] ? clock.MonthOf(first.Began) : null;

    /// <summary>The first time in a month that a customer began to pay, and when it had lapsed before; null if it had never paid.</summary>
    public (DateTime Began, DateTime? LapsedBefore) FirstOf(string customer, int month)
    {
        var index = Of(customer).FindIndex(spell => clock.MonthOf(spell.Began) == month);
        return index < 0
            ? throw new InvalidOperationException($"{customer} comes in the month that begins on {clock.Start(month):yyyy-MM-dd} without beginning to pay in it.")
            : (spells[customer][index].Began, index > 0 ? spells[customer][index - 1].Lapsed : null);
    }

    private List<(DateTime Began, DateTime? Lapsed)> Of(string customer) => spells.GetValueOrDefault(customer) ?? [];

    private void Step(DateTime instant, HashSet<string> paying)
    {
        foreach (var (customer, history) in spells)
        {
            if (!paying.Contains(customer) && history[^1].Lapsed is null)
            {
                history[^1] = (history[^1].Began, instant);
            }
        }

        foreach (var customer in paying)
        {
            if (Of(customer) is not [.., { Lapsed: null }])
            {
                spells.TryAdd(customer, []);
                spells[customer].Add((instant, null));
            }
        }
    }
}
