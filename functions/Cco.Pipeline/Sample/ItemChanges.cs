namespace Cco.Pipeline.Sample;

/// <summary>What a customer adds to its subscription, or takes from it.</summary>
internal sealed class ItemChanges(Company company, CustomerLife life, Billing billing, Collection collection, Contracts contracts)
{
    private static readonly Product[] Extras = [Product.Analytics, Product.Support];

    private readonly Prng prng = company.Numbers("changes", life.Profile.Index);

    /// <summary>A new subscription, begun in a month; with a trial the core product alone.</summary>
    public Subscription Subscribe(int month, DateTimeOffset at, DateTimeOffset? trialEndsAt)
    {
        var (profile, number) = (life.Profile, life.Subscriptions.Count + 1);
        var subscription = new Subscription(profile, number);
        var isFree = profile.Entry == Entry.Free && number == 1;
        var tier = isFree ? "free" : TierOf(profile.Segment);
        subscription.Add(company.Catalogue.Find(Product.Core, tier, isFree ? 1 : profile.Term, profile.Currency), profile.Seats, at, month, trialEndsAt);
        if (trialEndsAt is null && !isFree)
        {
            AddExtras(subscription, month, at);
        }

        subscription.Discounts = isFree ? [] : Discount.Draw(prng, subscription, life.DayOf(month), at);
        life.Subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>Another tier of the same product, from an instant on.</summary>
    public void Upgrade(SubscriptionItem item, DateTimeOffset at, string tier)
    {
        var plan = company.Catalogue.Find(item.Now.Plan.Product, tier, item.Now.Plan.Months, item.Now.Plan.Currency);
        item.Change(at, now => now with { Plan = plan, UnitAmount = plan.UnitAmount });
    }

    /// <summary>What changes on the first day of a month, before it is billed.</summary>
    public void AtBoundary(Subscription subscription, int month, bool isLeaving)
    {
        if (month == 0 || isLeaving)
        {
            return;
        }

        var at = life.DayOf(month).At(0);
        CrossSell(subscription, month, at);
        if (subscription.Term > 1)
        {
            return;
        }

        RaisePrices(subscription, at);
        ChangeTier(subscription, at);
        var restlessness = life.Mood.Restlessness(month);
        if (subscription.Of(Product.Core) is { Now.Quantity: > 1 } core && prng.Chance(0.012 * restlessness))
        {
            core.Change(at, now => now with { Quantity = Math.Max(1, decimal.Floor(now.Quantity * Money.Rate(0.5 + (0.4 * prng.Unit())))) });
        }

        if (prng.Chance(0.01 * restlessness) && subscription.Priced.LastOrDefault(item => item.StartedAt < at) is { } last && last.Now.Plan.Product != Product.Core)
        {
            Drop(last, at);
        }
    }

    /// <summary>More seats in the middle of a paid period; the rest of the period is billed at once.</summary>
    public void Within(Subscription subscription, int month)
    {
        var at = life.DayOf(month).AddDays(prng.Between(2, 20)).At(prng.Between(6 * 3600, 18 * 3600));
        if (!prng.Chance(0.02 * (1.2 + life.Mood[month])) || !company.Calendar.Covers(at) || life.Profile.IsConsumer
            || subscription.Of(Product.Core) is not { Now.Status: "active" } core)
        {
            return;
        }

        var added = Math.Max(1, decimal.Floor(core.Now.Quantity * Money.Rate(0.1 + (0.4 * prng.Unit()))));
        core.Change(at, now => now with { Quantity = now.Quantity + added });
        if (billing.Proration(subscription, core, added, at.Day()) is { } invoice)
        {
            collection.Collect(invoice, canFail: false);
        }

        if (subscription.Term > 1 && prng.Chance(0.35))
        {
            contracts.Replace(subscription, at);
        }
    }

    private string TierOf(string segment) => segment switch
    {
        "mid_market" => prng.Chance(0.7) ? "pro" : "enterprise",
        "enterprise" => prng.Chance(0.15) ? "pro" : "enterprise",
        _ => prng.Chance(0.75) ? "starter" : "pro",
    };

    private void AddExtras(Subscription subscription, int month, DateTimeOffset at)
    {
        var appetite = life.Profile.IsManaged ? 1.4 : life.Profile.IsConsumer ? 0.4 : 0.9;
        foreach (var extra in Extras)
        {
            if (prng.Chance(0.38 * appetite))
            {
                AddExtra(subscription, extra, month, at);
            }
        }

        if (!life.Profile.IsOnStripe && prng.Chance(0.48 * appetite))
        {
            var usage = company.Catalogue.Find(Product.Api, (string?)null, 1, subscription.Currency);
            subscription.Add(usage, 1, at, month + 1);
        }

        if (life.Profile.IsManaged && life.Profile.Entry != Entry.Established && life.Subscriptions.Count == 0)
        {
            var setup = subscription.Add(company.Catalogue.Find(Product.Setup, (string?)null, 1, subscription.Currency), 1, at, month);
            setup.EndAtOnce();
        }
    }

    private void AddExtra(Subscription subscription, Product extra, int month, DateTimeOffset at)
    {
        var plan = company.Catalogue.Find(extra, prng.Chance(0.7) ? 1 : 2, subscription.Term, subscription.Currency);
        var seats = Math.Max(1, (int)(subscription.Items[0].Now.Quantity * Money.Rate(0.2 + (0.5 * prng.Unit()))));
        subscription.Add(plan, seats, at, month);
    }

    private void CrossSell(Subscription subscription, int month, DateTimeOffset at)
    {
        foreach (var extra in Extras)
        {
            if (subscription.Of(extra) is null && !life.Profile.IsConsumer && prng.Chance(0.011 * (1.3 + life.Mood[month])))
            {
                AddExtra(subscription, extra, month, at.AddHours(prng.Between(7, 18)));
                return;
            }
        }
    }

    /// <summary>Each March the prices of those without a contract rise, at most once in ten months for a customer.</summary>
    private void RaisePrices(Subscription subscription, DateTimeOffset at)
    {
        if (at.Month != 3 || (at - subscription.Items[0].StartedAt).TotalDays < 300 || prng.Chance(0.3))
        {
            return;
        }

        var rise = 1 + (0.03m + (0.01m * (at.Year % 3)));
        foreach (var item in subscription.Priced.ToList())
        {
            item.Change(at, now => At(now, Money.Round((now.UnitAmount ?? 0) * rise, now.Plan.Currency)));
        }
    }

    private ItemVersion At(ItemVersion version, decimal unitAmount) => life.Profile.IsOnStripe
        ? version with { Plan = company.Catalogue.Repriced(company.Files, version.Plan, unitAmount), UnitAmount = unitAmount }
        : version with { UnitAmount = unitAmount };

    private void ChangeTier(Subscription subscription, DateTimeOffset at)
    {
        if (subscription.Of(Product.Core) is not { } core)
        {
            return;
        }

        if (core.Now.Plan.Tier == "starter" && prng.Chance(0.009))
        {
            Upgrade(core, at, "pro");
        }
        else if (core.Now.Plan.Tier == "pro" && prng.Chance(0.005))
        {
            Upgrade(core, at, prng.Chance(0.5) ? "enterprise" : "starter");
        }
    }

    /// <summary>Stripe knows of it only when the item is taken off, and not why.</summary>
    private void Drop(SubscriptionItem item, DateTimeOffset end)
    {
        if (life.Profile.IsOnStripe)
        {
            var from = item.After(end);
            item.Change(from, now => now with { Status = "canceled", CanceledAt = from, EndsAt = from });
            return;
        }

        var asked = end.AddHours(-prng.Between(24, 200));
        item.Change(asked, now => now with { CanceledAt = asked, EndsAt = end, ChurnType = "voluntary", Reason = "unused" });
        item.Change(end, now => now with { Status = "canceled" });
    }
}
