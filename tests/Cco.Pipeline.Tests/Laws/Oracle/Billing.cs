using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>The invoice lines of a company, as far as no subscription item speaks for the customer.</summary>
internal sealed class Billing
{
    private readonly ReportingClock clock;
    private readonly Subscriptions subscriptions;
    private readonly List<BilledLife> all;
    private readonly List<BilledLife> lines;
    private readonly HashSet<int> missingMonths;

    public Billing(SmallCompany company, Books books, Subscriptions subscriptions, People people, ReportingClock clock)
    {
        this.clock = clock;
        this.subscriptions = subscriptions;
        missingMonths = [.. books.Market.MissingLoads.Where(load => load.DeletedAt is null).Select(load => clock.MonthOf(load.MonthStart.ToDateTime(TimeOnly.MinValue)))];
        all = [.. company.Lines.Select(line => new BilledLife(line, books, people, clock))];
        lines = [.. all.Where(line => Reason(line) is null && clock.SeenFrom(line.From) < Math.Min(clock.SeenFrom(line.To), ClaimedFrom(line)))];
    }

    public IEnumerable<DateTime> Turns => lines.SelectMany(line => new[] { line.From, line.To })
        .Concat(missingMonths.Where(month => lines.Exists(line => IsInGap(line, month))).Select(month => clock.Start(month + 1)));

    public IEnumerable<Standing> At(DateTime instant) => lines
        .GroupBy(line => (line.Item, line.Own, line.Line.Currency))
        .Select(item => (
            item.Key,
            Reason: item.Any(line => Covers(line, instant)) ? null : item.Any(line => IsInGap(line, clock.MonthOf(instant))) ? "gap" : "ended",
            Lines: item.ToList()))
        .Where(item => item.Reason != "ended")
        .Select(item => new Standing(
            item.Key.Item,
            item.Key.Own,
            item.Key.Currency,
            item.Reason,
            item.Reason is null ? Worth(item.Lines, instant) : 0,
            IsSetToEnd: false));

    /// <summary>Each line at the last instant that was seen.</summary>
    public IEnumerable<Listed> Items() => all.Select(line => ReasonAtEnd(line) is { } reason
        ? new Listed(line.Line.InvoiceLineId, reason, 0)
        : new Listed(line.Line.InvoiceLineId, null, line.Net));

    private string? Reason(BilledLife line) => line.Reason ?? (subscriptions.Has(line.Line.SubscriptionItemId) ? "covered_by_subscription" : null);

    private string? ReasonAtEnd(BilledLife line) =>
        Reason(line) is { } reason ? reason
        : clock.SeenFrom(line.From) > clock.LastMonth ? "not_started"
        : clock.LastMonth < Math.Min(clock.SeenFrom(line.To), ClaimedFrom(line)) ? null
        : ClaimedFrom(line) < clock.SeenFrom(line.To) ? "covered_by_subscription"
        : line.IsCutShort ? "deleted"
        : IsInGap(line, clock.LastMonth) ? "gap"
        : "ended";

    /// <summary>Decision "Missing loads": a line that ended in a missing month may go on in it, and in those missing months that follow without a break.</summary>
    private bool IsInGap(BilledLife line, int month)
    {
        var ended = clock.SeenFrom(line.To);
        return !line.IsCutShort && ended <= month && month < ClaimedFrom(line) && Enumerable.Range(ended, month - ended + 1).All(missingMonths.Contains);
    }

    /// <summary>
    /// Decision "Revenue from invoice lines": they are revenue of months, by what they add up to when a month is measured; so none is new and gone
    /// within one. While a line that is worth something lasts, the sum does that it is part of: for the month to its end, or for the last days of
    /// what ended.
    /// </summary>
    private decimal Worth(IReadOnlyList<BilledLife> item, DateTime instant)
    {
        var month = clock.MonthOf(instant);
        return item
            .Where(line => line.Net > 0 && Covers(line, instant))
            .Select(line => clock.LastInstant(Covers(line, clock.LastInstant(month)) ? month : month - 1))
            .DefaultIfEmpty(instant)
            .Max(measured => item.Where(line => Covers(line, measured)).Sum(line => line.Net));
    }

    private bool Covers(BilledLife line, DateTime instant) =>
        line.From <= instant && instant < line.To && clock.MonthOf(instant) < ClaimedFrom(line);

    /// <summary>The month from which items speak in a line's place: one that starts where they do is theirs for good.</summary>
    private int ClaimedFrom(BilledLife line) =>
        subscriptions.SpeakFor(line.Own) is { } speaking && clock.SeenFrom(line.From) < speaking.To
            ? Math.Max(clock.SeenFrom(line.From), speaking.From)
            : int.MaxValue;
}
