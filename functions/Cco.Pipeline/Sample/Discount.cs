namespace Cco.Pipeline.Sample;

/// <summary>
/// A discount as granted: a percentage, or an amount off each interval. Without an item it applies to all items of the
/// customer, on Stripe of the subscription; without a last day, which is the first one no longer in force, for ever.
/// </summary>
internal sealed record Discount(
    string Id, string Coupon, string? ItemId, bool IsRecurring, decimal? Percent, decimal? Amount, DateTimeOffset From, DateOnly? Until)
{
    private static readonly int[] ShortRuns = [3, 6, 12];

    /// <summary>Draws the discounts of a new subscription: most get none, a few get two.</summary>
    public static List<Discount> Draw(Prng prng, Subscription subscription, DateOnly from, DateTimeOffset startedAt)
    {
        var isOnStripe = subscription.Customer.IsOnStripe;
        var core = isOnStripe ? null : subscription.Items[0].Id;
        var run = subscription.Term == 1 ? prng.Pick(ShortRuns) : 12;
        var id = $"{(isOnStripe ? "di_" : "D-")}{subscription.Number}-1";
        var discounts = new List<Discount>();
        switch (prng.Weighted(66, 19, 5, isOnStripe ? 4 : 12, 3, 3))
        {
            case 1 when subscription.Term < 36:
                discounts.Add(new Discount($"{id}-1", "WELCOME20", core, true, 20, null, startedAt, from.AddMonths(run)));
                break;
            case 2:
                discounts.Add(new Discount($"{id}-1", "PARTNER10", null, true, 10, null, startedAt, null));
                break;
            case 3 when subscription.Term == 1 && !isOnStripe:
                DateOnly? until = prng.Chance(0.5) ? null : from.AddMonths(run);
                discounts.Add(new Discount($"{id}-1", "SAVE10", core, true, null, Money.Local(10, subscription.Currency), startedAt, until));
                break;
            case 4:
                discounts.Add(new Discount($"{id}-1", "HELLO15", core, false, 15, null, startedAt, from.AddMonths(1)));
                break;
            case 5 when subscription.Term == 1:
                discounts.Add(new Discount($"{id}-1", "WELCOME20", core, true, 20, null, startedAt, from.AddMonths(run)));
                discounts.Add(new Discount($"{id}-2", "PARTNER10", null, true, 10, null, startedAt, null));
                break;
        }

        return discounts;
    }

    public bool AppliesTo(SubscriptionItem item, DateOnly day) => (ItemId is null || ItemId == item.Id) && day >= From.Day() && (Until is null || day < Until);

    public void Write(Company company, CustomerProfile customer, Subscription subscription)
    {
        if (company.Calendar.Covers(From))
        {
            company.Files.BillingOf(customer).Discount.Row()
                .Text("discount_id", Id).Text("customer_id", customer.BillingId)
                .Text("subscription_id", ItemId is null && !customer.IsOnStripe ? null : subscription.Id)
                .Text("subscription_item_id", ItemId).Text("coupon", Coupon).Text("currency", Amount is null ? null : subscription.Currency)
                .Flag("is_recurring", IsRecurring).Amount("percent_off", Percent).Amount("amount_off", Amount)
                .Instant("starts_at", From).Instant("ends_at", Until?.At(0)).Instant("updated_at", From).End();
        }
    }
}
