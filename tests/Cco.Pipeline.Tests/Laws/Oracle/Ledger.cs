using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>What everything a company sells is worth, at any instant.</summary>
internal sealed class Ledger
{
    private readonly ReportingClock clock;
    private readonly Subscriptions subscriptions;
    private readonly Billing billing;
    private readonly Dictionary<DateTime, IReadOnlyList<Standing>> standings = [];

    public Ledger(SmallCompany company, Books books, People people, ReportingClock clock)
    {
        this.clock = clock;
        subscriptions = new Subscriptions(company, books, people, clock);
        billing = new Billing(company, books, subscriptions, people, clock);
        Turns = [.. subscriptions.Turns.Concat(billing.Turns).Where(turn => turn < clock.AsOf).Distinct().Order()];
    }

    /// <summary>The instants at which something may change, in order.</summary>
    public IReadOnlyList<DateTime> Turns { get; }

    public IReadOnlyList<Standing> At(DateTime instant)
    {
        if (!standings.TryGetValue(instant, out var known))
        {
            standings[instant] = known = [.. subscriptions.At(instant), .. billing.At(instant)];
        }

        return known;
    }

    /// <summary>What a held item was worth when it last changed within a month and counted; null if it did not, as lines never do.</summary>
    public decimal? WorthWithin(int month, Standing held) => subscriptions.TurnsOf(held.Item, month)
        .Select(turn => At(turn).First(standing => standing.Item == held.Item))
        .LastOrDefault(standing => standing.Counts && standing.Currency == held.Currency)
        ?.Net;

    /// <summary>Each subscription item and each invoice line at the last instant that was seen.</summary>
    public IEnumerable<Listed> Items() => subscriptions.At(clock.LastInstant(clock.LastMonth))
        .Select(standing => new Listed(standing.Item, standing.Reason, standing.Net))
        .Concat(billing.Items());
}
