namespace Cco.Pipeline.Sample;

/// <summary>
/// The company's people. Each <see cref="PodSize"/> customers have a pod: a customer success manager for each region, two support
/// agents and an account executive. So a larger company has more people, and the first customers keep theirs.
/// </summary>
internal sealed class Staff(Company company)
{
    public const int PodSize = 150;

    private const string Leader = "E-CCO";

    private static readonly string[] Teams = ["Success AMER", "Success EMEA", "Success APAC", "Support", "Sales"];

    private static readonly (string Role, decimal Hour)[] Roles =
        [("csm", 62), ("csm", 58), ("csm", 55), ("support_agent", 41), ("support_agent", 39), ("account_executive", 70)];

    /// <summary>The manager who owns a customer on a day.</summary>
    public string OwnerOf(CustomerProfile customer, DateOnly day)
    {
        var seat = Array.IndexOf(Place.Regions, customer.Place.Region);
        return IdOf(customer.Index / PodSize, seat, SuccessionOf(customer.Index / PodSize, seat) is { } succession && day >= succession);
    }

    /// <summary>The day on which the owner of a customer is followed by somebody else; null: never.</summary>
    public DateOnly? SuccessionOf(CustomerProfile customer) =>
        SuccessionOf(customer.Index / PodSize, Array.IndexOf(Place.Regions, customer.Place.Region));

    public static string AgentOf(CustomerProfile customer, int which) => IdOf(customer.Index / PodSize, 3 + which, false);

    public static string SellerOf(CustomerProfile customer) => IdOf(customer.Index / PodSize, 5, false);

    public static string NameOf(Company company, string id) => Names.Person(new Prng(company.Options.Seed, id, 0));

    public static string EmailOf(string name, string id) => $"{Names.Mailbox(name)}.{id.ToLowerInvariant()}@company.example";

    public void Write()
    {
        var hired = company.Calendar.Start.AddYears(-4);
        Write(Leader, null, new Member("Leadership", "chief_customer_officer", 140), hired, null);
        foreach (var team in Teams)
        {
            Write(HeadOf(team), Leader, new Member(team, "head", 95), hired, null);
        }

        for (var pod = 0; pod * PodSize < company.Options.Customers; pod++)
        {
            for (var seat = 0; seat < Roles.Length; seat++)
            {
                Write(pod, seat);
            }
        }
    }

    private static string HeadOf(string team) => $"E-HEAD-{team.Replace(' ', '-').ToUpperInvariant()}";

    private static string IdOf(int pod, int seat, bool isSuccessor) => $"E-{pod:00000}{seat}{(isSuccessor ? "B" : "")}";

    private void Write(int pod, int seat)
    {
        var (role, hour) = Roles[seat];
        var team = seat switch { < 3 => $"Success {Place.Regions[seat]}", < 5 => "Support", _ => "Sales" };
        var prng = company.Numbers("staff", (pod * 10) + seat);
        var hired = company.Calendar.Start.AddDays(-prng.Between(30, 1400));
        var member = new Member(team, role, hour + prng.Between(-5, 9));
        if (SuccessionOf(pod, seat) is { } succession)
        {
            Write(IdOf(pod, seat, false), HeadOf(team), member, hired, succession);
            Write(IdOf(pod, seat, true), HeadOf(team), member, succession.AddDays(-14), null);
            return;
        }

        Write(IdOf(pod, seat, false), HeadOf(team), member, hired, null);
        if (seat == 4 && pod % 3 == 1)
        {
            var moved = company.Calendar.Start.AddDays(prng.Between(60, 200));
            Version(IdOf(pod, seat, false), HeadOf("Success EMEA"), member with { Team = "Success EMEA", Role = "onboarding_specialist" }, hired, null, moved);
        }
    }

    /// <summary>A quarter of the managers leave within the history.</summary>
    private DateOnly? SuccessionOf(int pod, int seat)
    {
        var prng = company.Numbers("succession", (pod * 10) + seat);
        var days = company.Calendar.End.DayNumber - company.Calendar.Start.DayNumber;
        return seat < 3 && prng.Chance(0.25) ? company.Calendar.Start.AddDays(prng.Below(days)) : null;
    }

    private void Write(string id, string? manager, Member member, DateOnly hired, DateOnly? left) => Version(id, manager, member, hired, left, hired);

    private void Version(string id, string? manager, Member member, DateOnly hired, DateOnly? left, DateOnly from)
    {
        if (from >= company.Calendar.End)
        {
            return;
        }

        if (member.Role == "support_agent")
        {
            ZendeskDesk.WriteAgent(company, id);
        }
        else if (member.Role == "account_executive")
        {
            HubspotCrm.WriteOwner(company, id, member.Team);
        }

        var name = NameOf(company, id);
        company.Files.Employee.Row()
            .Text("employee_id", id).Instant("valid_from", from.At(0)).Text("manager_employee_id", manager).Text("name", name)
            .Text("email", EmailOf(name, id)).Text("team", member.Team).Text("role", member.Role)
            .Text("currency", "USD").Flag("is_active", left is null).Amount("hourly_cost_amount", member.HourlyCost)
            .Day("hired_date", hired).Day("left_date", left).Instant("updated_at", from.At(0)).End();
    }

    private sealed record Member(string Team, string Role, decimal HourlyCost);
}
