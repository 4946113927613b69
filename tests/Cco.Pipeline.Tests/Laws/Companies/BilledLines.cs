using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Invoice lines of one customer: series of service periods of even and odd terms, and among them lines of every other kind.</summary>
internal sealed class BilledLines(string customerId, Instants instants, CompanyTraits traits)
{
    private static readonly Gen<decimal> Amounts = Gen.OneOf(100m, 100m, 90m, 120m, 9.99m, 1200m, 36000m, 0.05m, 0m, -40m);

    /// <summary>In months, and the odd ones in days.</summary>
    private static readonly Gen<(int Months, int Days)> Terms = Gen.OneOf(
        (1, 0), (1, 0), (1, 0), (3, 0), (6, 0), (12, 0), (13, 0), (36, 0), (0, 7), (0, 10), (0, 14), (0, 30), (0, 31), (0, 365), (0, 0));

    private static readonly Gen<string> Types = Gen.Frequency(
        (20, "recurring"), (3, "discount"), (1, "usage"), (1, "one_off"), (1, "proration"), (1, "credit"), (1, "tax"));

    private static readonly Gen<string> Statuses = Gen.OneOf("open", "paid", "paid", "paid", "paid", "uncollectible", "void", "draft");

    private static readonly Gen<(string? Plan, string? Product)> Wares = Gen.OneOf<(string?, string?)>(
        ("core_basic", "core"), ("core_pro", null), ("archive", "archive"), (null, "training"), (null, null));

    /// <param name="items">What the customer subscribes to: a line may bill it, and then counts with it.</param>
    public Gen<InvoiceLine[]> Beside(IReadOnlyList<SubscriptionItem> items) =>
        from count in traits == CompanyTraits.ConstantPrices ? Gen.Const(0) : Gen.Frequency((5, 0), (3, 1), (2, 2))
        from series in Series(items).Array[count]
        select series.SelectMany(lines => lines).Select((line, index) => line with { InvoiceLineId = $"{customerId}_l{index:00}" }).ToArray();

    private Gen<InvoiceLine[]> Series(IReadOnlyList<SubscriptionItem> items) =>
        from start in instants.Days
        from term in Terms
        from length in Gen.Frequency((2, Gen.Int[1, 2]), (3, Gen.Int[3, 14]))
        from isOfItem in Gen.Frequency((5, false), (1, true))
        from item in Gen.OneOf([.. items.Select(item => item.SubscriptionItemId), "elsewhere"])
        from ware in Wares
        from currency in Gen.OneOf([.. Markets.Currencies])
        from amount in Amounts
        from lines in Draws.Each(Enumerable.Range(0, length), index => Line(amount, From(start, term, index), From(start, term, index + 1)))
        select lines.Select(line => line with
        {
            SubscriptionItemId = isOfItem ? item : null,
            ProductId = ware.Product,
            PlanId = ware.Plan,
            Currency = currency,
        }).ToArray();

    /// <summary>A line of a series, which is mostly like the others; some last a few days into the next.</summary>
    private Gen<InvoiceLine> Line(decimal usual, DateOnly start, DateOnly end) =>
        from other in Amounts
        from amount in Gen.Frequency((7, usual), (1, other))
        from type in Types
        from status in Statuses
        from discount in Gen.Frequency((6, 0m), (1, 10m), (1, 0.0001m))
        from quantity in Gen.Frequency((6, 1m), (1, 2m), (1, 0m))
        from overlap in Gen.Frequency((9, 0), (1, 3))
        from hasPeriod in Gen.Frequency((15, true), (1, false))
        from deletedAt in instants.Any.Nullable(0.95)
        select new InvoiceLine(
            InvoiceLineId: "",
            InvoiceId: $"{customerId}_v",
            customerId,
            SubscriptionItemId: null,
            ProductId: null,
            PlanId: null,
            type,
            status,
            Currency: "",
            quantity,
            type == "discount" ? -Math.Abs(amount) / 4 : type == "tax" ? 0 : amount,
            type == "recurring" ? discount : 0,
            hasPeriod ? start : null,
            hasPeriod ? end.AddDays(end > start ? overlap : 0) : null,
            InvoiceDate: start,
            deletedAt);

    private static DateOnly From(DateOnly start, (int Months, int Days) term, int index) => start.AddMonths(term.Months * index).AddDays(term.Days * index);
}
