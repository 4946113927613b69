namespace Cco.Pipeline.Sample;

/// <summary>What an initiative does to a customer.</summary>
/// <param name="MoodLift">How much more content it makes.</param>
/// <param name="Factor">What the chance to leave is multiplied by, while it works.</param>
/// <param name="From">First day it works.</param>
internal sealed record Treatment(double MoodLift, double Factor, DateOnly From)
{
    public double LeavingFactor(CustomerLife life, int month) => life.DayOf(month) >= From ? Factor : 1;
}

/// <summary>
/// Three investments in customer experience. The concierge is given by lot to new customers and works: it takes 45 per cent off the
/// chance to leave and lifts the mood. The fast lane for support is given to matched customers and works a little. The loyalty
/// gifts go to whoever is content anyway, and do nothing: a comparison that does not adjust will think they do.
/// </summary>
internal static class Initiatives
{
    private const string Concierge = "INI-CONCIERGE";
    private const string FastLane = "INI-FAST-LANE";
    private const string Loyalty = "INI-LOYALTY";

    public static Treatment TreatmentOf(Company company, CustomerProfile profile) => ArmOf(company, profile) switch
    {
        (Concierge, "treated", _) => new Treatment(0.1, 0.55, profile.StartedAt.Day()),
        (FastLane, "treated", var start) => new Treatment(0.03, 0.85, start),
        _ => new Treatment(0, 1, company.Calendar.Start),
    };

    public static void Write(Company company)
    {
        var (start, end) = (company.Calendar.Start, company.Calendar.End);
        Write(company, Concierge, "Onboarding concierge", ("onboarding", "onboarding", "randomized"), (12_000, 2_500), start, null);
        Write(company, FastLane, "Fast lane for support", ("service", "support", "matched"), (8_000, 1_800), Half(company), null);
        DateOnly? last = end.AddMonths(-1) > Half(company) ? end.AddMonths(-1) : null;
        Write(company, Loyalty, "Loyalty gifts", ("loyalty", "use", "observational"), (0, 900), Half(company), last);
    }

    public static void WriteMember(Company company, CustomerLife life)
    {
        if (ArmOf(company, life.Profile) is not var (initiative, arm, start) || !company.Calendar.Covers(life.Profile.StartedAt))
        {
            return;
        }

        if (initiative == Loyalty)
        {
            arm = life.Mood[life.MonthOf(start)] > 0.3 ? "treated" : "control";
        }

        var joined = initiative == Concierge ? life.Profile.StartedAt : start.At(9 * 3600);
        company.Files.InitiativeMember.Row()
            .Text("initiative_id", initiative).Text("customer_id", life.Profile.Id).Text("arm", arm)
            .Text("stratum", initiative == FastLane ? $"{life.Profile.Segment}/{life.Profile.Place.Region}" : null)
            .Instant("treated_at", arm == "treated" ? joined : null).Instant("updated_at", joined).End();
    }

    private static DateOnly Half(Company company) => company.Calendar.Start.AddMonths(company.Options.Months / 2);

    private static (string Initiative, string Arm, DateOnly Start)? ArmOf(Company company, CustomerProfile profile)
    {
        var prng = company.Numbers("initiative", profile.Index);
        var arm = prng.Chance(0.5) ? "treated" : "control";
        if (profile.Entry is Entry.Paid or Entry.Trial)
        {
            return prng.Chance(0.5) ? (Concierge, arm, company.Calendar.Start) : null;
        }

        return profile.Entry != Entry.Established ? null : prng.Weighted(30, 30, 40) switch
        {
            0 => (FastLane, arm, Half(company)),
            1 => (Loyalty, arm, Half(company)),
            _ => null,
        };
    }

    private static void Write(
        Company company, string id, string name, (string Type, string Step, string Assignment) kind, (decimal Setup, decimal Month) cost,
        DateOnly start, DateOnly? end) =>
        company.Files.Initiative.Row()
            .Text("initiative_id", id).Text("owner_employee_id", "E-CCO").Text("name", name).Text("initiative_type", kind.Type)
            .Text("journey_step", kind.Step).Text("assignment", kind.Assignment).Text("currency", "USD").Amount("setup_cost_amount", cost.Setup)
            .Amount("monthly_cost_amount", cost.Month).Day("start_date", start).Day("end_date", end).Instant("updated_at", start.At(0)).End();
}
