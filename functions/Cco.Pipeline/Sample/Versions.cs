namespace Cco.Pipeline.Sample;

/// <summary>The customer as it was: a version for each change of stage, segment or owner. And its people.</summary>
internal static class Versions
{
    private static readonly string[] Titles = ["Head of Operations", "CFO", "IT Manager", "Buyer", "Analyst"];
    private static readonly string[] Roles = ["decision_maker", "billing", "administrator", "champion", "user"];

    /// <summary>Writes them.</summary>
    /// <returns>When the customer was deleted; null: it was not.</returns>
    public static DateTimeOffset? Write(Company company, CustomerLife life)
    {
        var changes = Stages(life).Append((At: SuccessionOf(company, life), Stage: null)).Append((At: GrowthOf(life), Stage: null))
            .Where(change => change.At is { } at && at > life.Profile.CreatedAt && company.Calendar.Covers(at))
            .OrderBy(change => change.At).ToList();
        var prng = company.Numbers("person", life.Profile.Index);
        var (stage, deletedAt) = ("lead", (DateTimeOffset?)null);
        WriteVersion(company, life, life.Profile.CreatedAt, stage, null);
        for (var place = 0; place < changes.Count; place++)
        {
            stage = changes[place].Stage ?? stage;
            var isForgotten = place == changes.Count - 1 && stage == "churned" && company.Options.HasDirt && prng.Chance(0.06);
            deletedAt = isForgotten ? changes[place].At : null;
            WriteVersion(company, life, changes[place].At!.Value, stage, deletedAt);
        }

        People(company, life.Profile, prng);
        return deletedAt;
    }

    /// <summary>The people of a customer who can be asked and who can ask: the main contact and up to three more.</summary>
    public static int PeopleOf(CustomerProfile profile) => profile.Segment switch
    {
        "consumer" => 1,
        "small_business" => 1 + (profile.Index % 2),
        "mid_market" => 2 + (profile.Index % 2),
        _ => 4,
    };

    public static string ContactIdOf(CustomerProfile profile, int which) => $"P-{profile.Number}-{which + 1}";

    public static string EmailOf(CustomerProfile profile, int which) => which == 0 ? profile.Email : $"user{which + 1}@{profile.Domain}";

    private static IEnumerable<(DateTimeOffset? At, string? Stage)> Stages(CustomerLife life)
    {
        yield return (life.Profile.StartedAt, life.Profile.Entry switch { Entry.Trial => "trial", Entry.Established => "active", _ => "onboarding" });
        if (life.FirstPaid is { } first && life.Profile.Entry != Entry.Established)
        {
            yield return (life.DayOf(first).AddDays(35).At(0), "active");
        }

        for (var month = 1; month < life.MonthCount; month++)
        {
            if (life.PhaseIn(month) == Phase.Lapsed && life.PhaseIn(month - 1) != Phase.Lapsed)
            {
                yield return (life.DayOf(month).AddDays(2).At(0), "churned");
            }
            else if (life.PhaseIn(month) == Phase.Paying && life.PhaseIn(month - 1) == Phase.Lapsed)
            {
                yield return (life.DayOf(month).AddDays(3).At(0), "active");
            }
        }
    }

    private static DateTimeOffset? SuccessionOf(Company company, CustomerLife life) => company.Staff.SuccessionOf(life.Profile)?.At(6 * 3600);

    /// <summary>When the customer had grown to be of the next segment: small businesses with many seats only.</summary>
    private static DateTimeOffset? GrowthOf(CustomerLife life)
    {
        for (var month = 0; life.Profile.Segment == "small_business" && month < life.MonthCount; month++)
        {
            if (life.SeatsIn(month) >= Math.Max(12, life.Profile.Seats * 5 / 4))
            {
                return life.DayOf(month).AddDays(1).At(3600);
            }
        }

        return null;
    }

    private static void WriteVersion(Company company, CustomerLife life, DateTimeOffset from, string stage, DateTimeOffset? deletedAt)
    {
        var profile = life.Profile;
        var hasGrown = from >= GrowthOf(life);
        var employees = hasGrown ? profile.Employees * 2 : profile.Employees;
        if (deletedAt is not null)
        {
            company.Dirt.Note("customer", DirtKind.Deleted);
        }

        company.Files.Customer.Row()
            .Text("customer_id", profile.Id).Instant("valid_from", from).Text("parent_customer_id", ParentOf(company, profile))
            .Text("owner_employee_id", company.Staff.OwnerOf(profile, from.Day())).Text("name", profile.Name)
            .Text("email", profile.Email).Text("domain", profile.Domain).Text("customer_type", profile.IsConsumer ? "consumer" : "business")
            .Text("industry", profile.Industry).Text("country", profile.Place.Country).Text("region", profile.Place.Region)
            .Text("acquisition_channel", profile.Channel).Text("language", profile.Place.Language).Text("time_zone", profile.Place.TimeZone)
            .Text("currency", profile.Currency).Flag("is_test", Identities.IsTest(profile.Index)).Text("lifecycle_stage", stage)
            .Text("segment", hasGrown ? "mid_market" : profile.Segment).Text("size_band", CustomerProfile.BandOf(employees)).Number("employee_count", employees)
            .Instant("became_customer_at", profile.Entry == Entry.Established ? profile.CreatedAt.AddDays(14) : null)
            .Instant("created_at", profile.CreatedAt).Instant("updated_at", from).Instant("deleted_at", deletedAt).End();
    }

    private static string? ParentOf(Company company, CustomerProfile profile)
    {
        var isSubsidiary = profile.Segment == "enterprise" && profile.Index % 10 == 5;
        return isSubsidiary && CustomerProfile.Of(company, profile.Index - 5) is { Entry: not Entry.Prospect } parent ? parent.Id : null;
    }

    private static void People(Company company, CustomerProfile profile, Prng prng)
    {
        for (var which = 0; which < PeopleOf(profile); which++)
        {
            var name = which == 0 ? Names.Person(company.Numbers("name", profile.Index)) : Names.Person(prng);
            var title = profile.IsConsumer ? null : prng.Pick(Titles);
            if (profile.IsOnZendesk)
            {
                ZendeskDesk.WritePerson(company, profile, which, name);
            }

            if (profile.IsOnQualtrics)
            {
                QualtricsSurvey.WritePerson(company, profile, which, name);
            }

            company.Files.Contact.Row()
                .Text("contact_id", ContactIdOf(profile, which)).Text("customer_id", profile.Id).Text("name", name).Text("email", EmailOf(profile, which))
                .Text("job_title", title).Text("role", Roles[which]).Flag("is_primary", which == 0).Flag("is_active", !prng.Chance(0.06))
                .Instant("created_at", profile.CreatedAt).Instant("updated_at", profile.CreatedAt).Instant("deleted_at", null).End();
        }
    }
}
