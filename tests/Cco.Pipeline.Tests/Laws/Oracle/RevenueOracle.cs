using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>
/// Recurring revenue of one small company, computed a second time and in another way than the models do: from what the numbers mean (DECISIONS.md
/// and the comments of the contracts), instant by instant, with nothing but decimals and the company's own records.
/// </summary>
internal sealed class RevenueOracle
{
    private readonly ReportingClock clock;
    private readonly People people;
    private readonly CurrencyTable money;
    private readonly Ledger ledger;
    private readonly MonthEnds months;
    private readonly PayingSpells spells;
    private readonly KpiOptions settings;

    public RevenueOracle(Books books, SmallCompany company)
    {
        clock = new ReportingClock(books.Settings, books.AsOf);
        people = new People(company, clock);
        money = new CurrencyTable(books.Market.Rates, books.Settings.ReportingCurrency, clock);
        ledger = new Ledger(company, books, people, clock);
        months = new MonthEnds(ledger, clock);
        spells = new PayingSpells(ledger, people, months, clock);
        settings = books.Settings;
    }

    private IEnumerable<int> Months => Enumerable.Range(months.First, clock.LastMonth - months.First + 1);

    /// <summary>MRR at each month's end, where there is any.</summary>
    public IEnumerable<MonthlyRevenue> Revenue() => Months.SelectMany(month => months[month]
        .Where(position => position.HeldAs is null)
        .GroupBy(position => (Customer: people.Holder(position.Own, month), position.Currency))
        .Select(group => new MonthlyRevenue(
            group.Key.Customer,
            month,
            group.Key.Currency,
            group.Sum(position => money.AtEndOf(month, position.Worth, position.Currency)),
            group.Where(position => !position.IsSetToEnd).Sum(position => money.AtEndOf(month, position.Worth, position.Currency)),
            group.Sum(position => position.Worth))));

    /// <summary>Each subscription item and each invoice line.</summary>
    public IEnumerable<Listed> Items() => ledger.Items();

    /// <summary>Movements of each month by type.</summary>
    public IEnumerable<Movement> Movements() => Months.SelectMany(MovementsOf)
        .GroupBy(movement => movement with { Amount = 0 })
        .Select(same => same.Key with { Amount = same.Sum(movement => movement.Amount) })
        .Where(movement => movement.Amount != 0);

    /// <summary>Opening and closing MRR of each customer that had any when a period began, at the rates of that instant; who is in a gap is not known.</summary>
    public IEnumerable<Retained> Retention() => Periods().SelectMany(period => months[period.Start - 1].Select(position => (position, IsOpening: true))
        .Concat(months[period.End - 1].Select(position => (position, IsOpening: false)))
        .GroupBy(side => people.Holder(side.position.Own, period.End - 1), StringComparer.Ordinal)
        .Where(customer => customer.All(side => side.position is not { HeldAs: "gap", Worth: not 0 }))
        .Select(customer =>
        {
            decimal Sum(bool isOpening) => customer.Where(side => side.IsOpening == isOpening)
                .Sum(side => money.AtEndOf(period.Start - 1, side.position.Mrr, side.position.Currency));
            var (segment, region) = people.Attributes(customer.Key, period.Start);
            return new Retained(customer.Key, period.Type, period.Start, period.End, segment, region, CohortOf(customer.Key), Sum(true), Sum(false));
        })
        .Where(retained => retained.Opening > 0));

    private IEnumerable<Movement> MovementsOf(int month)
    {
        foreach (var position in months[month - 1].Where(position => people.Holder(position.Own, month - 1) != people.Holder(position.Own, month)))
        {
            var amount = money.AtEndOf(month - 1, position.Mrr, position.Currency);
            yield return new Movement(people.Holder(position.Own, month - 1), month, position.Currency, "merge", -amount);
            yield return new Movement(people.Holder(position.Own, month), month, position.Currency, "merge", amount);
        }

        var before = months[month - 1].ToDictionary(position => position.Key);
        var after = months[month].ToDictionary(position => position.Key);
        var changes = before.Keys.Union(after.Keys)
            .Select(key => new Change(before.GetValueOrDefault(key), after.GetValueOrDefault(key), amount => money.AtEndOf(month - 1, amount, key.Currency)))
            .ToLookup(change => people.Holder(change.Own, month), StringComparer.Ordinal);
        var customers = changes.Select(customer => customer.Key).Union(PayersWithin(month), StringComparer.Ordinal);
        foreach (var movement in customers.SelectMany(customer => MovementsOf(customer, month, [.. changes[customer]])))
        {
            yield return movement;
        }

        foreach (var position in months[month])
        {
            var gain = money.AtEndOf(month, position.Mrr, position.Currency) - money.AtEndOf(month - 1, position.Mrr, position.Currency);
            yield return new Movement(people.Holder(position.Own, month), month, position.Currency, "fx", gain);
        }
    }

    /// <summary>Decision "Movements": the customer as a whole comes, goes, or pays more or less; what only rests is told apart.</summary>
    private IEnumerable<Movement> MovementsOf(string customer, int month, IReadOnlyList<Change> changes)
    {
        var (wasThere, isThere) = (changes.Any(change => change.Before?.Worth > 0), changes.Any(change => change.After?.Worth > 0));
        var type = (wasThere, isThere) switch
        {
            (true, true) or (false, false) => changes.Sum(change => change.Difference) < 0 ? "contraction" : "expansion",
            (true, false) => "churn",
            (false, true) => EntryType(customer, month),
        };
        return changes.Select(change => new Movement(customer, month, change.Currency, type, change.Difference))
            .Concat(changes.SelectMany(change => change.Rest().Select(rest => new Movement(customer, month, change.Currency, rest.Type, rest.Amount))))
            .Concat(wasThere || isThere ? [] : BriefStay(customer, month));
    }

    /// <summary>Decisions "New, late renewal, reactivation" and "What a return is": days are counted from date to date, the last one included.</summary>
    private string EntryType(string customer, int month)
    {
        var (began, lapsed) = spells.FirstOf(customer, month);
        if (lapsed is null)
        {
            return people.BecameCustomerAt(customer) < clock.Start(month) ? "reactivation" : "new";
        }

        var isSoon = (began.Date - lapsed.Value.Date).Days <= settings.LateRenewalDays;
        return settings.ReactivationPolicy switch
        {
            "late_renewal_then_reactivation" => isSoon ? "late_renewal" : "reactivation",
            "reactivation_then_new" => isSoon ? "reactivation" : "new",
            _ => "reactivation",
        };
    }

    /// <summary>Customers that pay at some instant of a month.</summary>
    private IEnumerable<string> PayersWithin(int month) => ledger.Turns
        .Where(turn => clock.MonthOf(turn) == month)
        .SelectMany(ledger.At)
        .Where(standing => standing.Net > 0)
        .Select(standing => people.Holder(standing.Own, month));

    /// <summary>Decision "Movements": new and gone within a month are both shown, with what the customer was worth at its best instant.</summary>
    private IEnumerable<Movement> BriefStay(string customer, int month)
    {
        var best = ledger.Turns
            .Where(turn => clock.MonthOf(turn) == month)
            .Select(turn => ledger.At(turn).Where(standing => standing.Net > 0 && people.Holder(standing.Own, month) == customer).ToList())
            .MaxBy(standings => standings.Sum(standing => money.AtEndOf(month - 1, standing.Net, standing.Currency)));
        return (best ?? []).SelectMany(standing =>
        {
            var amount = money.AtEndOf(month - 1, standing.Net, standing.Currency);
            return new[]
            {
                new Movement(customer, month, standing.Currency, EntryType(customer, month), amount),
                new Movement(customer, month, standing.Currency, "churn", -amount),
            };
        });
    }

    private int? CohortOf(string customer)
    {
        var became = people.BecameCustomerAt(customer) is { } at ? clock.MonthOf(at) : int.MaxValue;
        return spells.FirstMonth(customer) is { } paid ? Math.Min(paid, became) : null;
    }

    private IEnumerable<(string Type, int Start, int End)> Periods() => Months
        .SelectMany(month => new[]
        {
            ("month", month, month + 1),
            ("quarter", clock.FiscalStart(month, 3), clock.FiscalStart(month, 3) + 3),
            ("fiscal_year", clock.FiscalStart(month, 12), clock.FiscalStart(month, 12) + 12),
            ("trailing_12_months", month, month + 12),
        })
        .Distinct()
        .Where(period => period.Item3 <= clock.FirstOpenMonth);
}
