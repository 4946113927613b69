using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>All discounts that apply at an instant are subtracted: percentages added up, then amounts; what is left is never below 0.</summary>
/// <remarks>
/// Decision "Discounts": an amount off several items is shared in proportion to price x quantity of those that count at that instant, to the
/// last ten-thousandth; what rounding leaves over goes to the items in the order of their ids.
/// </remarks>
internal sealed class GrantedDiscounts(IReadOnlyList<Discount> discounts, ReportingClock clock)
{
    public IEnumerable<DateTime> Turns => discounts
        .SelectMany(discount => new[] { discount.StartsAt, discount.EndsAt, discount.DeletedAt })
        .OfType<DateTime>()
        .Select(clock.Local);

    /// <summary>What each of the items that count at an instant is worth a month after its discounts.</summary>
    public IReadOnlyDictionary<string, decimal> Net(IReadOnlyList<SubscriptionItem> counting, DateTime instant)
    {
        var percent = counting.ToDictionary(item => item.SubscriptionItemId, _ => 0m, StringComparer.Ordinal);
        var amount = counting.ToDictionary(item => item.SubscriptionItemId, _ => 0m, StringComparer.Ordinal);
        foreach (var discount in discounts.Where(discount => IsInForce(discount, instant)))
        {
            var lowered = counting
                .Where(item => IsOn(discount, item) && (discount.AmountOff is null || discount.Currency == item.Currency))
                .OrderBy(item => item.SubscriptionItemId, StringComparer.Ordinal)
                .ToList();
            lowered.ForEach(item => percent[item.SubscriptionItemId] += discount.PercentOff ?? 0);
            foreach (var (item, share) in lowered.Zip(Shares(discount.AmountOff ?? 0, [.. lowered.Select(Price)])))
            {
                amount[item.SubscriptionItemId] += share;
            }
        }

        return counting.ToDictionary(
            item => item.SubscriptionItemId,
            item => ExactMoney.Monthly(
                Math.Max(0, (Price(item) * (100 - Math.Min(100, percent[item.SubscriptionItemId])) / 100) - amount[item.SubscriptionItemId]),
                item.BillingInterval,
                item.BillingIntervalCount),
            StringComparer.Ordinal);
    }

    private static decimal Price(SubscriptionItem item) => item.UnitAmount * item.Quantity;

    private static IEnumerable<decimal> Shares(decimal amount, IReadOnlyList<decimal> prices)
    {
        var (total, soFar, given) = (prices.Sum(), 0m, 0m);
        foreach (var price in prices)
        {
            soFar += price;
            var due = ExactMoney.Rounded(amount * soFar / total);
            yield return due - given;
            given = due;
        }
    }

    private bool IsInForce(Discount discount, DateTime instant) => discount.IsRecurring
        && !(instant < clock.Local(discount.StartsAt))
        && !(instant >= clock.Local(discount.EndsAt))
        && !(instant >= clock.Local(discount.DeletedAt));

    private static bool IsOn(Discount discount, SubscriptionItem item) =>
        discount.SubscriptionItemId is { } id ? id == item.SubscriptionItemId
        : discount.SubscriptionId is { } subscription ? subscription == item.SubscriptionId
        : discount.CustomerId == item.CustomerId;
}
