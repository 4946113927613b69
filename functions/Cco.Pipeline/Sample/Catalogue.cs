namespace Cco.Pipeline.Sample;

/// <summary>A price list entry: so much a unit for so many months.</summary>
internal sealed record Plan(string Id, Product Product, string? Tier, int Rank, string ChargeType, int Months, string Currency, decimal? UnitAmount)
{
    public bool IsFree => UnitAmount == 0;

    /// <summary>The price in Stripe that stands for it.</summary>
    public string StripeId => $"price_{Id}";

    public string Interval => Months % 12 == 0 ? "year" : "month";

    public int IntervalCount => Months % 12 == 0 ? Months / 12 : Months;

    /// <summary>The same at another price, which its id says after that of the list price.</summary>
    public Plan At(decimal unitAmount) => this with { Id = $"{Id.Split('@')[0]}@{unitAmount:0.##}", UnitAmount = unitAmount };
}

internal sealed record Product(string Id, string Name, string Family, string Type, decimal Margin)
{
    public static Product Core { get; } = new("P-CORE", "Core", "core", "subscription", 0.82m);

    public static Product Analytics { get; } = new("P-ANALYTICS", "Analytics", "analytics", "subscription", 0.78m);

    public static Product Support { get; } = new("P-SUPPORT", "Premium Support", "support", "subscription", 0.55m);

    public static Product Api { get; } = new("P-API", "API calls", "usage", "subscription", 0.7m);

    public static Product Setup { get; } = new("P-SETUP", "Setup", "services", "service", 0.3m);

    public static Product Consulting { get; } = new("P-CONSULTING", "Consulting", "services", "service", 0.35m);
}

/// <summary>What the sample company sells.</summary>
internal sealed class Catalogue
{
    /// <summary>Months that are paid for a year and for three: a year costs ten months, three years 27.</summary>
    private static readonly (int Months, int Paid)[] Intervals = [(1, 1), (12, 10), (36, 27)];

    private static readonly (Product Product, string Tier, decimal Month)[] Tiers =
    [
        (Product.Core, "free", 0), (Product.Core, "starter", 12), (Product.Core, "pro", 29), (Product.Core, "enterprise", 59),
        (Product.Analytics, "standard", 9), (Product.Analytics, "plus", 19), (Product.Support, "standard", 4), (Product.Support, "premium", 8),
    ];

    /// <summary>What Stripe sells: by the month, so without terms, and without usage.</summary>
    private static readonly Product[] OnStripe = [Product.Core, Product.Analytics, Product.Support];

    private readonly Dictionary<(string ProductId, string? Tier, int Months, string Currency), Plan> plans = [];
    private readonly HashSet<string> repriced = [];

    public Catalogue()
    {
        foreach (var currency in Money.Currencies)
        {
            foreach (var (product, tier, month) in Tiers)
            {
                foreach (var (months, paid) in month == 0 ? [(1, 1)] : Intervals)
                {
                    Add(product, tier, "recurring", months, currency, Money.Local(month, currency) * paid);
                }
            }

            Add(Product.Api, null, "usage", 1, currency, null);
            Add(Product.Setup, null, "one_off", 1, currency, Money.Local(450, currency));
        }
    }

    public IEnumerable<Plan> Plans => plans.Values;

    public Plan Find(Product product, string? tier, int months, string currency) => plans[(product.Id, tier, months, currency)];

    public Plan Find(Product product, int rank, int months, string currency) =>
        plans.Values.First(plan => plan.Product == product && plan.Rank == rank && plan.Months == months && plan.Currency == currency);

    /// <summary>Writes what the company sells since five years, and what it sells through Stripe since the history begins.</summary>
    public void Write(SampleFiles files, DateOnly start)
    {
        Write(files.Ledger, [.. OnStripe, Product.Api, Product.Setup, Product.Consulting], start.AddYears(-5));
        Write(files.Stripe, OnStripe, start);
        foreach (var plan in Plans)
        {
            Write(files.Ledger, plan, plan.Id);
        }

        foreach (var plan in Plans.Where(plan => plan.Months == 1 && OnStripe.Contains(plan.Product)))
        {
            Write(files.Stripe, plan, plan.StripeId);
        }
    }

    /// <summary>The plan at another price, for which Stripe needs another one: its prices never change.</summary>
    public Plan Repriced(SampleFiles files, Plan plan, decimal unitAmount)
    {
        var changed = plan.At(unitAmount);
        if (repriced.Add(changed.Id))
        {
            Write(files.Stripe, changed, changed.StripeId);
        }

        return changed;
    }

    private static void Write(BillingTables tables, IEnumerable<Product> products, DateOnly launched)
    {
        foreach (var product in products)
        {
            tables.Product.Row()
                .Text("product_id", product.Id).Text("name", product.Name).Text("product_family", product.Family)
                .Text("product_type", product.Type).Flag("is_active", true).Amount("gross_margin_rate", product.Margin)
                .Day("launched_date", launched).End();
        }
    }

    private static void Write(BillingTables tables, Plan plan, string id) =>
        tables.Plan.Row()
            .Text("plan_id", id).Text("product_id", plan.Product.Id).Text("name", $"{plan.Product.Name} {plan.Tier}".Trim())
            .Text("tier", plan.Tier).Text("charge_type", plan.ChargeType).Text("billing_interval", plan.ChargeType == "recurring" ? plan.Interval : null)
            .Text("currency", plan.Currency).Flag("is_free", plan.IsFree).Number("tier_rank", plan.Tier is null ? null : plan.Rank)
            .Number("billing_interval_count", plan.ChargeType == "recurring" ? plan.IntervalCount : null).Amount("unit_amount", plan.UnitAmount).End();

    private void Add(Product product, string? tier, string chargeType, int months, string currency, decimal? unitAmount)
    {
        var rank = Tiers.Where(entry => entry.Product == product).Select(entry => entry.Tier).ToList().IndexOf(tier ?? "") + 1;
        var id = string.Join('-', new[] { product.Family == "services" ? "setup" : product.Family, tier, months == 1 ? null : $"{months}m", currency }
            .Where(part => part is not null)).ToLowerInvariant();
        plans[(product.Id, tier, months, currency)] = new Plan(id, product, tier, rank, chargeType, months, currency, unitAmount);
    }
}
