namespace Cco.Pipeline.Sample;

/// <summary>Whether and when one customer leaves, says so, and comes back.</summary>
internal sealed class Leaving(Company company, CustomerLife life, Contracts contracts)
{
    private static readonly string[] Reasons = ["too_expensive", "missing_feature", "switched", "unused", "closed_business", "bad_service"];

    /// <summary>The answers that Stripe lets those choose from who cancel.</summary>
    private static readonly string[] StripeReasons = ["too_expensive", "missing_features", "switched_service", "unused", "other", "customer_service"];

    private readonly Prng prng = company.Numbers("leaving", life.Profile.Index);
    private DateTimeOffset announcedAt = DateTimeOffset.MaxValue;

    /// <summary>Month from whose first day on the customer no longer pays; -1: it has no such plan.</summary>
    public int LeavesAt { get; private set; } = -1;

    /// <summary>Month in which a customer that does not pay will buy, again or for the first time; -1: it will not.</summary>
    public int ReturnsAt { get; set; } = -1;

    private Subscription Current => life.Subscriptions[^1];

    /// <summary>Customers without a contract think it over each month, and leave two or three months later.</summary>
    public void Consider(int month)
    {
        var usual = life.Profile.Segment switch { "consumer" => 0.03, "small_business" => 0.017, "mid_market" => 0.011, _ => 0.006 };
        var hazard = usual * life.Mood.Restlessness(month) * Calendar.LeavingIn(life.DayOf(month)) * life.Treatment.LeavingFactor(life, month);
        if (Current.Term == 1 && prng.Chance(Math.Min(hazard, 0.4)))
        {
            LeavesAt = month + prng.Between(2, 3);
            announcedAt = life.DayOf(LeavesAt).At(0).AddHours(-prng.Between(24, 640));
            life.Departures.Add(new Departure(LeavesAt, true, prng.Pick(life.Profile.IsOnStripe ? StripeReasons : Reasons)));
        }
    }

    public void Announce(int month)
    {
        if (LeavesAt > month && announcedAt < life.DayOf(month + 1).At(0))
        {
            var (end, reason) = (life.DayOf(LeavesAt).At(0), life.Departures[^1].Reason);
            Current.ChangeAll(announcedAt, now => now with { CanceledAt = announcedAt, EndsAt = end, ChurnType = "voluntary", Reason = reason });
            announcedAt = DateTimeOffset.MaxValue;
        }
    }

    public void Leave(int month, DateTimeOffset at)
    {
        contracts.Close(Current, month);
        var returns = contracts.ReturnsAt;
        Current.ChangeAll(at, now => now with { Status = "canceled", EndsAt = at });
        Lapse(month, null, 0.22);
        ReturnsAt = returns ?? ReturnsAt;
    }

    public void Lapse(int month, Departure? departure, double returning)
    {
        if (departure is { } unforeseen)
        {
            life.Departures.Add(unforeseen);
        }

        life.Phase = Phase.Lapsed;
        LeavesAt = -1;
        ReturnsAt = !prng.Chance(returning) ? -1 : month + (prng.Chance(0.5) ? prng.Between(1, 2) : prng.Between(4, 9));
    }

    /// <summary>A term that will not be renewed at its end is known to the simulation when it begins.</summary>
    public void Sign(ContractTerm term)
    {
        LeavesAt = -1;
        if (term.Fate is Fate.Lost or Fate.Lapsed)
        {
            LeavesAt = term.EndMonth;
            announcedAt = term.Fate == Fate.Lost ? term.ClosedAt : DateTimeOffset.MaxValue;
            life.Departures.Add(new Departure(LeavesAt, term.Fate == Fate.Lost, term.LossReason));
        }
    }
}
