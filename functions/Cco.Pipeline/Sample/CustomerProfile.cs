namespace Cco.Pipeline.Sample;

/// <summary>How a customer begins.</summary>
internal enum Entry
{
    /// <summary>Never buys within the history; known to the CRM in HubSpot only.</summary>
    Prospect,

    /// <summary>Bought before the history begins.</summary>
    Established,

    /// <summary>Buys at once.</summary>
    Paid,

    /// <summary>Tries first.</summary>
    Trial,

    /// <summary>Takes the free plan, and may buy later.</summary>
    Free,
}

/// <summary>What is given about a customer from the start. Cheap to make for any index, so that others can refer to it.</summary>
internal sealed record CustomerProfile
{
    private static readonly string[] Industries = ["Retail", "Manufacturing", "Software", "Finance", "Health", "Logistics", "Education", "Media"];
    private static readonly string[] Channels = ["inbound", "outbound", "partner", "event"];

    /// <summary>Share of the company's growth in which a customer that is not established comes.</summary>
    private const double Growth = 0.35;

    public required int Index { get; init; }

    public required string Segment { get; init; }

    public required Place Place { get; init; }

    public required string Industry { get; init; }

    public required string Channel { get; init; }

    public required string Name { get; init; }

    public required string? Domain { get; init; }

    public required string Email { get; init; }

    public required Entry Entry { get; init; }

    /// <summary>Months of the terms the customer buys: 1, 12 or 36.</summary>
    public required int Term { get; init; }

    public required int Seats { get; init; }

    public required int Employees { get; init; }

    /// <summary>First contact with the company, which for the established lies before the history.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the first subscription starts, a trial or the free plan included.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public string Number => $"{Index:0000000}";

    public string Id => $"C-{Number}";

    /// <summary>Buys by the month without people who sell: billed by Stripe, in its words and by its rules. All others are billed by the company itself.</summary>
    public bool IsOnStripe => Term == 1 && !IsManaged;

    /// <summary>Asks at the desk that is kept in Zendesk, in its words. Who is sold to by people asks at the company's own desk.</summary>
    public bool IsOnZendesk => !IsManaged;

    /// <summary>Is asked how it likes the company through Qualtrics, which knows people by their addresses. Others are asked by the company's own tool.</summary>
    public bool IsOnQualtrics => !IsManaged;

    /// <summary>Its id in the system that bills it.</summary>
    public string BillingId => IsOnStripe ? $"cus_{Number}" : Id;

    public bool IsConsumer => Segment == "consumer";

    /// <summary>Sold by people, with contracts, onboarding and business reviews.</summary>
    public bool IsManaged => Segment is "mid_market" or "enterprise";

    public string SizeBand => BandOf(Employees);

    /// <summary>Billed in dollars in spite of where it is: a few customers of each country.</summary>
    public string Currency => Index % 50 == 17 ? "USD" : Place.Currency;

    public static CustomerProfile Of(Company company, int index)
    {
        var prng = company.Numbers("profile", index);
        var segment = prng.Weighted(6, 52, 30, 12) switch { 0 => "consumer", 1 => "small_business", 2 => "mid_market", _ => "enterprise" };
        var place = Place.Of(prng);
        var entry = EntryOf(prng, segment);
        var startedAt = StartOf(prng, company.Calendar, entry);
        var before = entry == Entry.Established ? prng.Between(40, 1500) : prng.Between(0, 60);
        var (name, domain, email) = Identity(company, Identities.IsDuplicate(index) ? index - 1 : index, segment);
        var seats = SeatsOf(prng, segment);
        return new CustomerProfile
        {
            Index = index,
            Segment = segment,
            Place = place,
            Industry = segment == "consumer" ? "Private" : prng.Pick(Industries),
            Channel = Advocacy.IsReferred(index) ? "referral" : prng.Pick(Channels),
            Name = name,
            Domain = segment == "consumer" ? null : domain,
            Email = email,
            Entry = entry,
            Term = TermOf(prng, segment, entry),
            Seats = seats,
            Employees = segment == "consumer" ? 1 : (seats * prng.Between(2, 8)) + prng.Between(0, 9),
            CreatedAt = startedAt.AddDays(-before),
            StartedAt = startedAt,
        };
    }

    public static string BandOf(int employees) => employees switch { < 50 => "1-49", < 250 => "50-249", < 1000 => "250-999", _ => "1000+" };

    private static (string Name, string Domain, string Email) Identity(Company company, int index, string segment)
    {
        var prng = company.Numbers("name", index);
        var person = Names.Person(prng);
        var name = Names.Company(prng);
        var domain = Names.Domain(name, index);
        return segment == "consumer"
            ? (person, domain, $"{Names.Mailbox(person)}.{index}@mail.example")
            : (name, domain, $"{Names.Mailbox(person)}@{domain}");
    }

    private static Entry EntryOf(Prng prng, string segment) => segment switch
    {
        "consumer" => (Entry)prng.Weighted(0, 25, 45, 15, 15),
        "small_business" => (Entry)prng.Weighted(2, 30, 28, 28, 12),
        "mid_market" => (Entry)prng.Weighted(7, 36, 45, 12, 0),
        _ => (Entry)prng.Weighted(9, 41, 50, 0, 0),
    };

    private static int TermOf(Prng prng, string segment, Entry entry)
    {
        var term = segment switch
        {
            "mid_market" => prng.Weighted(55, 40, 5),
            "enterprise" => prng.Weighted(15, 55, 30),
            _ => prng.Weighted(86, 14, 0),
        };
        return entry is Entry.Free or Entry.Trial ? 1 : term switch { 0 => 1, 1 => 12, _ => 36 };
    }

    private static int SeatsOf(Prng prng, string segment) => segment switch
    {
        "consumer" => 1,
        "small_business" => Math.Min(1 + (int)prng.Tail(5), 40),
        "mid_market" => Math.Min(15 + (int)prng.Tail(40), 400),
        _ => Math.Min(80 + (int)prng.Tail(250), 3000),
    };

    private static DateTimeOffset StartOf(Prng prng, Calendar calendar, Entry entry)
    {
        var day = entry == Entry.Established ? calendar.Start.AddDays(prng.Below(28)) : NewIn(prng, calendar);
        return day.At(prng.Between(7 * 3600, 21 * 3600));
    }

    /// <summary>A day of the history: later ones are likelier as the company grows, and so are those of a busy season.</summary>
    private static DateOnly NewIn(Prng prng, Calendar calendar)
    {
        var days = calendar.End.DayNumber - calendar.Start.DayNumber;
        DateOnly day;
        do
        {
            var place = prng.Unit();
            place = prng.Chance(Growth) ? Math.Max(place, prng.Unit()) : place;
            day = calendar.Start.AddDays((int)(place * days));
        }
        while (!prng.Chance(Calendar.DemandIn(day) / 1.2));
        return day;
    }
}
