namespace Cco.Pipeline.Sample;

/// <summary>What a customer is to the company in a month.</summary>
internal enum Phase
{
    None,
    Free,
    Paying,
    Paused,
    Lapsed,
}

/// <summary>An end of paying: from the first day of this month on.</summary>
internal readonly record struct Departure(int Month, bool IsVoluntary, string? Reason);

/// <summary>
/// What happened to one customer. Months are counted from the day the customer first could be billed, its anchor; the simulation of
/// the subscription writes here, and everything else about the customer follows from it.
/// </summary>
internal sealed class CustomerLife
{
    /// <summary>Days after a failed payment on which a subscription ends.</summary>
    public const int DunningDays = 30;

    private readonly (Phase Phase, int Seats)[] months;

    public CustomerLife(Company company, CustomerProfile profile, DateOnly anchor)
    {
        (Profile, Anchor) = (profile, anchor);
        var count = 0;
        while (anchor.AddMonths(count) < company.Calendar.End)
        {
            count++;
        }

        MonthCount = count;
        months = new (Phase, int)[count];
        Treatment = Initiatives.TreatmentOf(company, profile);
        Mood = new Mood(company.Numbers("mood", profile.Index), count + 1, Treatment.MoodLift);
    }

    public CustomerProfile Profile { get; }

    public DateOnly Anchor { get; }

    public Mood Mood { get; }

    public Treatment Treatment { get; }

    /// <summary>Months begun before the end of the history.</summary>
    public int MonthCount { get; }

    public Phase Phase { get; set; }

    /// <summary>Month in which the present contract term ends; 0 where there is none.</summary>
    public int TermEnd { get; set; }

    public List<Subscription> Subscriptions { get; } = [];

    public List<Departure> Departures { get; } = [];

    public DateOnly DayOf(int month) => Anchor.AddMonths(month);

    public int MonthOf(DateOnly day)
    {
        var month = ((day.Year - Anchor.Year) * 12) + day.Month - Anchor.Month;
        return DayOf(month) > day ? month - 1 : month;
    }

    public Phase PhaseIn(int month) => month >= 0 && month < MonthCount ? months[month].Phase : Phase.None;

    public int SeatsIn(int month) => month >= 0 && month < MonthCount ? months[month].Seats : Profile.Seats;

    public bool IsServedIn(int month) => PhaseIn(month) is Phase.Paying or Phase.Free;

    /// <summary>First month in which the customer paid; null: none yet.</summary>
    public int? FirstPaid
    {
        get
        {
            var month = Array.FindIndex(months, state => state.Phase == Phase.Paying);
            return month < 0 ? null : month;
        }
    }

    public void Record(int month)
    {
        var core = Subscriptions[^1].Of(Product.Core);
        months[month] = (Phase, core is null ? 0 : (int)core.Now.Quantity);
    }

    /// <summary>Months a bill covers: a full interval, or what is left of the term for an item that joined it.</summary>
    public int MonthsUntilBilledAgain(SubscriptionItem item, int month)
    {
        var interval = item.Now.Plan.Months;
        return interval > 1 && TermEnd > month ? Math.Min(interval, TermEnd - month) : interval;
    }

    /// <summary>1 for a customer that stays, falling to a tenth in the month in which it leaves by its own choice.</summary>
    public double Engagement(int month)
    {
        foreach (var departure in Departures)
        {
            if (departure.IsVoluntary && departure.Month > month && departure.Month - month <= 3)
            {
                return (departure.Month - month) switch { 1 => 0.15, 2 => 0.45, _ => 0.75 };
            }
        }

        return 1;
    }

    /// <summary>How content the customer shows itself: its mood, worse before it leaves.</summary>
    public double Attitude(int month) => Mood[month] - (0.6 * (1 - Engagement(month)));
}
