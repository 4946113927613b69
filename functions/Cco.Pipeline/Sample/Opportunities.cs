namespace Cco.Pipeline.Sample;

/// <summary>A sales opportunity as it is at the end of the history.</summary>
internal sealed record Opportunity(string Id, CustomerProfile Customer, string Type, string Status, DateTimeOffset CreatedAt)
{
    public string? TermId { get; init; }

    public required DateOnly Expected { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public decimal Arr { get; init; }

    public decimal Amount { get; init; }

    public required decimal Probability { get; init; }

    public string? LossReason { get; init; }

    public string Stage => Status == "open" ? "negotiation" : $"closed_{Status}";

    /// <summary>What its owner expects.</summary>
    public string Category => Status != "open" ? "closed" : Probability switch { > 0.85m => "commit", > 0.6m => "best_case", _ => "pipeline" };
}

/// <summary>Opportunities: new business of customers that people sell to, what became of prospects, and additions.</summary>
internal static class Opportunities
{
    public static void Of(Company company, CustomerLife life)
    {
        var (profile, prng) = (life.Profile, company.Numbers("opportunity", life.Profile.Index));
        if (profile.Entry == Entry.Prospect)
        {
            Write(company, Pursued(company, profile, prng));
        }
        else if (profile.IsManaged && profile.Entry == Entry.Paid && company.Calendar.Covers(profile.StartedAt))
        {
            var arr = life.Subscriptions[0].YearlyValue(life.Anchor);
            Write(company, new Opportunity($"O-N-{profile.Number}", profile, "new_business", "won", profile.CreatedAt)
            {
                Expected = life.Anchor.AddDays(prng.Between(-20, 20)),
                ClosedAt = profile.StartedAt,
                Arr = arr,
                Amount = Money.Round(arr * Math.Max(profile.Term, 12) / 12, profile.Currency),
                Probability = 1,
            });
        }

        Additions(company, life, prng);
    }

    public static void Write(Company company, Opportunity opportunity)
    {
        if (opportunity.Customer.Entry == Entry.Prospect)
        {
            HubspotCrm.Write(company, opportunity);
            return;
        }

        var customer = opportunity.Customer;
        company.Files.Opportunity.Row()
            .Text("opportunity_id", opportunity.Id).Text("customer_id", customer.Id).Text("owner_employee_id", Staff.SellerOf(customer))
            .Text("contract_term_id", opportunity.TermId).Text("opportunity_type", opportunity.Type).Text("stage", opportunity.Stage)
            .Text("status", opportunity.Status).Text("forecast_category", opportunity.Category).Text("lead_source", customer.Channel)
            .Text("loss_reason", opportunity.LossReason).Text("currency", customer.Currency).Amount("amount", opportunity.Amount)
            .Amount("arr_amount", opportunity.Arr).Amount("probability", opportunity.Probability).Instant("created_at", opportunity.CreatedAt)
            .Day("expected_close_date", opportunity.Expected).Instant("closed_at", opportunity.ClosedAt)
            .Instant("updated_at", opportunity.ClosedAt ?? opportunity.CreatedAt).End();
    }

    private static Opportunity Pursued(Company company, CustomerProfile profile, Prng prng)
    {
        var closed = profile.StartedAt.AddDays(prng.Between(20, 150));
        var isLost = company.Calendar.Covers(closed);
        var arr = Money.Round(profile.Seats * Money.Local(29 * 12, profile.Currency), profile.Currency);
        return new Opportunity($"O-N-{profile.Number}", profile, "new_business", isLost ? "lost" : "open", profile.StartedAt)
        {
            Expected = closed.Day(),
            ClosedAt = isLost ? closed : null,
            Arr = arr,
            Amount = arr,
            Probability = isLost ? 0 : Money.Rate(0.2 + (0.5 * prng.Unit())),
            LossReason = isLost ? "competitor" : null,
        };
    }

    /// <summary>One for each item that was added later, and some that came to nothing.</summary>
    private static void Additions(Company company, CustomerLife life, Prng prng)
    {
        var count = 0;
        foreach (var item in life.Subscriptions.Where(_ => life.Profile.IsManaged).SelectMany(subscription => subscription.Items))
        {
            var isLater = item.IsPriced && (item.StartedAt - life.Profile.StartedAt).TotalDays > 10 && item.Now.Plan.Product != Product.Core;
            var isLost = !isLater && prng.Chance(0.15);
            var at = isLater ? item.StartedAt : life.Profile.StartedAt.AddDays(prng.Between(60, 700));
            if ((isLater || isLost) && company.Calendar.Covers(at))
            {
                var first = item.Versions[0];
                var arr = Money.Round(first.Quantity * (first.UnitAmount ?? 0) * 12 / first.Plan.Months, life.Profile.Currency);
                var opened = at.AddDays(-prng.Between(10, 60));
                Write(company, new Opportunity($"O-X-{life.Profile.Number}-{++count}", life.Profile, "expansion", isLater ? "won" : "lost", opened)
                {
                    Expected = at.Day(),
                    ClosedAt = at,
                    Arr = arr,
                    Amount = arr,
                    Probability = isLater ? 1 : 0,
                    LossReason = isLater ? null : "no_budget",
                });
            }
        }
    }
}
