using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>The subscription items of a company.</summary>
internal sealed class Subscriptions
{
    private readonly People people;
    private readonly ReportingClock clock;
    private readonly Dictionary<string, ItemLife> lives;
    private readonly GrantedDiscounts discounts;
    private readonly Dictionary<DateTime, IReadOnlyDictionary<string, decimal>> nets = [];
    private readonly Dictionary<string, (int From, int To)> speakingMonths;

    public Subscriptions(SmallCompany company, Books books, People people, ReportingClock clock)
    {
        this.people = people;
        this.clock = clock;
        lives = company.Items
            .GroupBy(version => version.SubscriptionItemId, StringComparer.Ordinal)
            .Select(versions => new ItemLife(versions.Key, [.. versions.OrderBy(version => version.ValidFrom)], books, people, clock))
            .ToDictionary(life => life.Id, StringComparer.Ordinal);
        discounts = new GrantedDiscounts([.. company.Discounts.Where(discount => Lowers(discount, books.Settings))], clock);
        speakingMonths = lives.Values.SelectMany(SpeakingMonths)
            .GroupBy(stretch => stretch.Own, StringComparer.Ordinal)
            .ToDictionary(own => own.Key, own => (own.Min(stretch => stretch.From), own.Max(stretch => stretch.To)), StringComparer.Ordinal);
    }

    public IEnumerable<DateTime> Turns => lives.Values.SelectMany(life => life.Turns).Concat(discounts.Turns);

    /// <summary>The instants within a month at which something about one item itself changes, in order; none where it is no subscription's.</summary>
    public IEnumerable<DateTime> TurnsOf(string item, int month) => lives.TryGetValue(item, out var life)
        ? life.Turns.Where(turn => turn < clock.AsOf && clock.MonthOf(turn) == month)
        : [];

    public IEnumerable<Standing> At(DateTime instant) => lives.Values.Select(life =>
    {
        var version = life.VersionAt(instant);
        var reason = life.ReasonAt(instant);
        return new Standing(
            life.Id,
            people.Own(version.CustomerId),
            version.Currency,
            reason,
            reason is null ? NetAt(life.DiscountedAt(instant))[life.Id] : 0,
            life.IsSetToEndAt(instant));
    });

    public bool Has(string? item) => item is not null && lives.ContainsKey(item);

    /// <summary>The months from the first to before the last in which a customer's items speak for it; null where they never do.</summary>
    public (int From, int To)? SpeakFor(string own) => speakingMonths.TryGetValue(own, out var months) ? months : null;

    /// <summary>Decision "Which discounts count": all, those that have no end, or none.</summary>
    private static bool Lowers(Discount discount, KpiOptions settings) => settings.DiscountPolicy switch
    {
        "all" => true,
        "lasting" => discount.EndsAt is null,
        _ => false,
    };

    private IReadOnlyDictionary<string, decimal> NetAt(DateTime instant)
    {
        if (!nets.TryGetValue(instant, out var known))
        {
            var counting = lives.Values.Where(life => life.ReasonAt(instant) is null).Select(life => life.VersionAt(instant)).ToList();
            nets[instant] = known = discounts.Net(counting, instant);
        }

        return known;
    }

    /// <summary>Decision "Subscription items come before invoice lines": items speak while they count, rest, are in trial or unpaid.</summary>
    private IEnumerable<(string Own, int From, int To)> SpeakingMonths(ItemLife life) => life.Turns
        .Zip([.. life.Turns.Skip(1), DateTime.MaxValue])
        .Where(stretch => stretch.First < clock.AsOf && life.ReasonAt(stretch.First) is null or "trial" or "paused" or "pause_expired" or "unpaid")
        .Select(stretch => (people.Own(life.VersionAt(stretch.First).CustomerId), clock.SeenFrom(stretch.First), clock.SeenFrom(stretch.Second)));
}
