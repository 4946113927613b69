namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>The positions of a company at the end of each month. Decisions "Paused" and "Missing loads": an item is held at what it was worth just before.</summary>
internal sealed class MonthEnds
{
    private readonly List<IReadOnlyList<Position>> positions = [];
    private readonly Ledger ledger;
    private readonly ReportingClock clock;

    public MonthEnds(Ledger ledger, ReportingClock clock)
    {
        this.ledger = ledger;
        this.clock = clock;
        First = ledger.Turns.Count > 0 ? clock.MonthOf(ledger.Turns[0]) : clock.LastMonth;
        for (var month = First; month <= clock.LastMonth; month++)
        {
            positions.Add([.. Measure(month)]);
        }
    }

    /// <summary>The first month in which anything may have happened.</summary>
    public int First { get; }

    public IReadOnlyList<Position> this[int month] => month < First ? [] : positions[month - First];

    /// <summary>True of an item that rests at a month's end and was worth something before.</summary>
    public bool Holds(string item, int month) => this[month].Any(position => position is { HeldAs: not null, Worth: > 0 } && position.Item == item);

    private IEnumerable<Position> Measure(int month)
    {
        var before = this[month - 1].ToDictionary(position => position.Key);
        foreach (var standing in ledger.At(clock.LastInstant(month)))
        {
            var key = (standing.Item, standing.Own, standing.Currency);
            if (standing.Counts)
            {
                yield return new Position(standing.Item, standing.Own, standing.Currency, standing.Net, null, standing.IsSetToEnd);
            }
            else if (standing.HeldAs is { } held && (ledger.WorthWithin(month, standing) ?? before.GetValueOrDefault(key)?.Worth) is { } worth)
            {
                yield return new Position(standing.Item, standing.Own, standing.Currency, worth, held, standing.IsSetToEnd);
            }
        }
    }
}
