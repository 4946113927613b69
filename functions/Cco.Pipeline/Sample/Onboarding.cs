namespace Cco.Pipeline.Sample;

/// <summary>Milestones from the first contract to the first value, planned and reached.</summary>
internal static class Onboarding
{
    private static readonly (string Name, int PlannedDays, bool IsFirstValue, bool IsRequired)[] Milestones =
    [
        ("kick_off", 7, false, true), ("data_loaded", 21, false, true), ("training_held", 28, false, false),
        ("first_report", 35, true, true), ("go_live", 60, false, true),
    ];

    public static void Write(Company company, CustomerLife life)
    {
        if (life.FirstPaid is not { } first || life.Profile.Entry is Entry.Established or Entry.Free || life.Profile.IsConsumer)
        {
            return;
        }

        var prng = company.Numbers("onboarding", life.Profile.Index);
        var started = life.DayOf(first).At(9 * 3600);
        var left = life.Departures.Count > 0 ? life.DayOf(life.Departures[0].Month).At(0) : DateTimeOffset.MaxValue;
        var pace = (1.1 - (0.3 * life.Mood[first])) * (life.Treatment.Factor < 0.6 ? 0.75 : 1);
        var reached = started;
        for (var place = 0; place < Milestones.Length; place++)
        {
            var (name, planned, isFirstValue, isRequired) = Milestones[place];
            reached = Later(reached, started.AfterHours(planned * 24 * pace * (0.55 + (0.9 * prng.Unit()))));
            var isReached = reached < left && company.Calendar.Covers(reached) && (isRequired || prng.Chance(0.6));
            company.Files.OnboardingMilestone.Row()
                .Text("onboarding_milestone_id", $"OM-{life.Profile.Number}-{place + 1}").Text("onboarding_id", $"ON-{life.Profile.Number}")
                .Text("customer_id", life.Profile.Id).Text("owner_employee_id", company.Staff.OwnerOf(life.Profile, started.Day())).Text("name", name)
                .Flag("is_first_value", isFirstValue).Flag("is_required", isRequired).Number("milestone_order", place + 1)
                .Instant("onboarding_started_at", started).Day("planned_date", started.Day().AddDays(planned)).Instant("completed_at", isReached ? reached : null)
                .Instant("canceled_at", reached >= left ? company.Calendar.Known(left) : null).Instant("updated_at", isReached ? reached : started).End();
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
