namespace Cco.Pipeline.Sample;

/// <summary>Items that are sold and billed together. Who comes back after a lapse gets a new one.</summary>
internal sealed class Subscription(string number, string? contractId, string currency, int term)
{
    public string Id { get; } = $"S-{number}";

    public string Number { get; } = number;

    public string? ContractId { get; } = contractId;

    public string Currency { get; } = currency;

    /// <summary>Months of its terms; 1 where there is no contract.</summary>
    public int Term { get; } = term;

    public List<SubscriptionItem> Items { get; } = [];

    public List<Discount> Discounts { get; set; } = [];

    public IEnumerable<SubscriptionItem> Priced => Items.Where(item => item.IsLive && item.IsPriced);

    public SubscriptionItem? Of(Product product) => Items.Find(item => item.IsLive && item.Now.Plan.Product == product);

    public SubscriptionItem Add(Plan plan, decimal quantity, DateTimeOffset startedAt, int firstMonth, DateTimeOffset? trialEndsAt = null)
    {
        var version = new ItemVersion(startedAt, trialEndsAt is null ? "active" : "trialing", plan, quantity, plan.UnitAmount);
        var item = new SubscriptionItem($"I-{Number}-{Items.Count + 1}", startedAt, trialEndsAt, version) { NextBill = firstMonth };
        Items.Add(item);
        return item;
    }

    /// <summary>Changes all items that have not ended; what is billed once is over already.</summary>
    public void ChangeAll(DateTimeOffset at, Func<ItemVersion, ItemVersion> change)
    {
        foreach (var item in Items.Where(item => item.IsLive && item.Now.Plan.ChargeType != "one_off"))
        {
            item.Change(at, change);
        }
    }

    /// <summary>What is taken off an item's price on a day, never more than the price.</summary>
    public (decimal Rated, decimal Fixed) DiscountOn(SubscriptionItem item, decimal gross, DateOnly day, bool isOnceCounted)
    {
        var (rated, fix) = (0m, 0m);
        foreach (var discount in Discounts)
        {
            if (discount.AppliesTo(item, day) && (discount.IsRecurring || isOnceCounted))
            {
                rated += Money.Round(gross * (discount.Percent ?? 0) / 100, Currency);
                fix += discount.Amount ?? 0;
            }
        }

        return (Math.Min(rated, gross), Math.Min(fix, gross - Math.Min(rated, gross)));
    }

    /// <summary>Yearly recurring value after the discounts of a day.</summary>
    public decimal YearlyValue(DateOnly day) => Money.Round(Priced.Sum(item => NetOf(item, day) * 12 / item.Now.Plan.Months), Currency);

    private decimal NetOf(SubscriptionItem item, DateOnly day)
    {
        var gross = item.Now.Quantity * (item.Now.UnitAmount ?? 0);
        var (rated, fix) = DiscountOn(item, gross, day, false);
        return gross - rated - fix;
    }
}
