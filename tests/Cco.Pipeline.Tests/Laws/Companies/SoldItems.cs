using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Subscription items of one customer, each with its story.</summary>
internal sealed class SoldItems(string customerId, Instants instants, CompanyTraits traits)
{
    private static readonly Gen<decimal> Prices = Gen.OneOf(100m, 100m, 90m, 120m, 9.99m, 33.3333m, 1200m, 36000m, 123456.7891m, 0.01m, 0m);

    private static readonly Gen<decimal> Quantities = Gen.OneOf(1m, 1m, 1m, 2m, 3m, 7m, 10m, 0.5m, 0m);

    private static readonly Gen<(string Unit, int Count)> Intervals = Gen.OneOf(
        ("month", 1), ("month", 1), ("month", 1), ("month", 3), ("month", 6), ("month", 13), ("year", 1), ("year", 1), ("year", 3), ("week", 1), ("week", 2),
        ("day", 1), ("day", 30));

    private static readonly Gen<(string? Plan, string? Product)> Wares = Gen.OneOf<(string?, string?)>(
        ("core_basic", "core"), ("core_basic", null), ("core_pro", "core"), ("core_pro_2026", null), ("addon", "addon"), ("archive", "archive"),
        ("community", "core"), ("loose", null), (null, "training"), (null, null));

    /// <summary>Some of them are those at which a rule changes its mind: dunning after 30 days, a pause or lapse after 90.</summary>
    private static readonly Gen<TimeSpan> Gaps = Gen.Frequency(
        (2, Gen.OneOf(TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(25))),
        (3, Gen.Int[2, 20].Select(days => TimeSpan.FromDays(days))),
        (3, Gen.Int[25, 50].Select(days => TimeSpan.FromDays(days))),
        (2, Gen.OneOf(30, 31, 89, 90, 91, 120).Select(days => TimeSpan.FromDays(days))),
        (1, Gen.Int[100, 400].Select(days => TimeSpan.FromDays(days))));

    private static readonly Gen<ItemEvent> Resting = Gen.OneOf(
        ItemEvent.Paused, ItemEvent.Paused, ItemEvent.Resumed, ItemEvent.Resumed, ItemEvent.FellBehind, ItemEvent.Paid, ItemEvent.GivenUp,
        ItemEvent.Canceled, ItemEvent.Canceled, ItemEvent.Restarted, ItemEvent.Restarted);

    private static readonly Gen<ItemEvent> Changing = Gen.OneOf(
        ItemEvent.Repriced, ItemEvent.Repriced, ItemEvent.Resized, ItemEvent.Resized, ItemEvent.Replanned, ItemEvent.Rebilled, ItemEvent.Redenominated);

    private static readonly Gen<ItemEvent> Events = Gen.Frequency((8, Resting), (7, Changing), (1, Gen.Const(ItemEvent.Deleted)));

    private static readonly Gen<ItemTerms> Terms =
        from price in Prices
        from quantity in Quantities
        from ware in Wares
        from interval in Intervals
        from currency in Gen.OneOf([.. Markets.Currencies])
        select new ItemTerms(price, quantity, ware.Plan, ware.Product, interval.Unit, interval.Count, currency);

    /// <summary>An item that is resumed, changes and is paused again, often within one month.</summary>
    private static readonly Gen<ItemStep[]> Waking =
        from pause in Gaps
        from rest in Gaps
        from terms in Terms
        let hour = TimeSpan.FromHours(1)
        select new[]
        {
            new ItemStep(ItemEvent.Paused, pause, null, false, terms), new ItemStep(ItemEvent.Resumed, rest, null, false, terms),
            new ItemStep(ItemEvent.Repriced, hour, null, false, terms), new ItemStep(ItemEvent.Paused, hour, null, false, terms),
        };

    private readonly Gen<ItemStep> steps =
        from happening in traits == CompanyTraits.ConstantPrices ? Resting : Events
        from gap in Gaps
        from span in Gaps.Nullable(0.4)
        from isTold in Gen.Bool
        from terms in Terms
        select new ItemStep(happening, gap, span, isTold, terms);

    public Gen<SubscriptionItem[]> Any =>
        from count in traits == CompanyTraits.ConstantPrices ? Gen.Const(1) : Gen.Frequency((1, 0), (4, 1), (3, 2), (1, 3))
        from currency in Gen.OneOf([.. Markets.Currencies])
        from stories in Story(currency).Array[count]
        from isSuccession in Gen.Frequency((3, false), (1, true))
        select (isSuccession ? Succession(stories) : stories).SelectMany((story, index) => Named(story, index)).ToArray();

    private Gen<SubscriptionItem[]> Story(string currency) =>
        from start in instants.Any
        from terms in Terms
        from isInOwnCurrency in Gen.Frequency((4, true), (1, false))
        from chargeType in Gen.Frequency((18, "recurring"), (1, "usage"), (1, "one_off"))
        from trial in Gen.OneOf(7, 14, 30, 45).Select(days => start.AddDays(days)).Nullable(0.7)
        from status in Gen.Frequency((16, "active"), (3, "trialing"), (1, "incomplete"))
        from known in Gen.OneOf(SubscriptionItem.Always, SubscriptionItem.Always, start, start.AddDays(10))
        from told in steps.Array[0, 5]
        from waking in traits == CompanyTraits.ConstantPrices ? Gen.Const<ItemStep[]>([]) : Gen.Frequency((6, Gen.Const<ItemStep[]>([])), (1, Waking))
        from hasHistory in Gen.Frequency((4, true), (1, false))
        let first = new SubscriptionItem("", "", customerId, terms.ProductId, terms.PlanId, chargeType, isInOwnCurrency ? currency : terms.Currency, start)
        {
            ValidFrom = known,
            Status = status,
            BillingInterval = terms.Interval,
            BillingIntervalCount = terms.IntervalCount,
            Quantity = terms.Quantity,
            UnitAmount = terms.UnitAmount,
            TrialEndsAt = trial,
        }
        let versions = ItemStory.Tell(first, [.. told, .. waking]).OrderBy(version => version.ValidFrom).ToArray()
        select hasHistory ? versions : [ItemStory.WithoutHistory(versions[^1])];

    /// <summary>Each item starts when the one before it ended, where that is known: canceled and restarted on the same day.</summary>
    private static SubscriptionItem[][] Succession(SubscriptionItem[][] stories) =>
        [.. stories.Select((story, index) => index > 0 && stories[index - 1][^1] is { } last && (last.EndsAt ?? last.CanceledAt) is { } end
            ? story.Select(version => version with { StartedAt = end, TrialEndsAt = null }).ToArray()
            : story)];

    private IEnumerable<SubscriptionItem> Named(SubscriptionItem[] story, int index) => story.Select(version => version with
    {
        SubscriptionItemId = $"{customerId}_i{index}",
        SubscriptionId = $"{customerId}_s{index / 2}",
    });
}
