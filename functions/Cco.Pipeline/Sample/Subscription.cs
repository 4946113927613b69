namespace Cco.Pipeline.Sample;

/// <summary>Items that are sold and billed together. Who comes back after a lapse gets a new one.</summary>
internal sealed class Subscription(CustomerProfile customer, int number)
{
    public CustomerProfile Customer { get; } = customer;

    public string Id => $"{(Customer.IsOnStripe ? "sub_" : "S-")}{Number}";

    public string Number { get; } = $"{customer.Number}-{number}";

    public string? ContractId => Term == 1 ? null : $"K-{Customer.Number}";

    public string Currency => Customer.Currency;

    /// <summary>Months of its terms; 1 where there is no contract.</summary>
    public int Term => Customer.Term;

    public List<SubscriptionItem> Items { get; } = [];

    public List<Discount> Discounts { get; set; } = [];

    public IEnumerable<SubscriptionItem> Priced => Items.Where(item => item.IsLive && item.IsPriced);

    public SubscriptionItem? Of(Product product) => Items.Find(item => item.IsLive && item.Now.Plan.Product == product);

    public SubscriptionItem Add(Plan plan, decimal quantity, DateTimeOffset startedAt, int firstMonth, DateTimeOffset? trialEndsAt = null)
    {
        var version = new ItemVersion(startedAt, trialEndsAt is null ? "active" : "trialing", plan, quantity, plan.UnitAmount);
        var id = $"{(Customer.IsOnStripe ? "si_" : "I-")}{Number}-{Items.Count + 1}";
        var item = new SubscriptionItem(id, startedAt, trialEndsAt, version) { NextBill = firstMonth };
        Items.Add(item);
        return item;
    }

    /// <summary>Changes all items that have not ended at one instant, after whatever was changed before; what is billed once is over already.</summary>
    public void ChangeAll(DateTimeOffset at, Func<ItemVersion, ItemVersion> change)
    {
        var changed = Items.Where(item => item.IsLive && item.Now.Plan.ChargeType != "one_off").ToList();
        var from = changed.Aggregate(at, (latest, item) => item.After(latest));
        changed.ForEach(item => item.Change(from, change));
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

    public void Write(Company company)
    {
        if (Customer.IsOnStripe)
        {
            StripeHistory.Write(company, this);
        }
        else
        {
            Items.ForEach(item => item.Write(company, this));
        }

        Discounts.ForEach(discount => discount.Write(company, Customer, this));
    }

    private decimal NetOf(SubscriptionItem item, DateOnly day)
    {
        var gross = item.Now.Quantity * (item.Now.UnitAmount ?? 0);
        var (rated, fix) = DiscountOn(item, gross, day, false);
        return gross - rated - fix;
    }
}
