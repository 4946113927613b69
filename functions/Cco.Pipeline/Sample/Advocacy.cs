namespace Cco.Pipeline.Sample;

/// <summary>Customers that recommend the company, and customers that came of it.</summary>
internal static class Advocacy
{
    private static readonly string[] Kinds = ["call", "case_study", "review", "talk", "logo"];

    /// <summary>Every twelfth customer was recommended by one that came before it in the list.</summary>
    public static bool IsReferred(int index) => index % 12 == 7;

    public static void Write(Company company, CustomerLife life)
    {
        if (IsReferred(life.Profile.Index) && company.Calendar.Covers(life.Profile.StartedAt))
        {
            Referred(company, life);
        }

        var prng = company.Numbers("advocacy", life.Profile.Index);
        for (var month = 0; month < life.MonthCount; month++)
        {
            var at = life.DayOf(month).AddDays(prng.Below(27)).At(11 * 3600);
            if (life.PhaseIn(month) == Phase.Paying && life.Mood[month] > 0.4 && company.Calendar.Covers(at))
            {
                Speak(company, life, prng, month, at);
            }
        }
    }

    private static void Speak(Company company, CustomerLife life, Prng prng, int month, DateTimeOffset at)
    {
        if (life.Profile.IsManaged && prng.Chance(0.02))
        {
            Row(company, $"RE-{life.Profile.Number}-{month}", life.Profile, null, "reference", prng.Pick(Kinds), "open", null, at, null);
        }
        else if (prng.Chance(0.012))
        {
            var closed = at.AddDays(prng.Between(20, 90));
            var isLost = company.Calendar.Covers(closed);
            Row(company, $"RE-{life.Profile.Number}-{month}", life.Profile, null, "referral", null, isLost ? "lost" : "open", null, at, isLost ? closed : null);
        }
    }

    private static void Referred(Company company, CustomerLife life)
    {
        var prng = company.Numbers("referrer", life.Profile.Index);
        var referrer = CustomerProfile.Of(company, prng.Below(life.Profile.Index));
        if (referrer.Entry == Entry.Prospect || referrer.StartedAt >= life.Profile.CreatedAt || life.Profile.Entry == Entry.Prospect)
        {
            return;
        }

        var isWon = life.FirstPaid is not null;
        var won = isWon ? life.Subscriptions[0].YearlyValue(life.Anchor) : (decimal?)null;
        DateTimeOffset? closed = isWon ? life.Profile.StartedAt : null;
        Row(company, $"RE-{life.Profile.Number}-R", referrer, life.Profile, "referral", null, isWon ? "won" : "open", won, life.Profile.CreatedAt, closed);
    }

    private static void Row(
        Company company, string id, CustomerProfile by, CustomerProfile? referred, string type, string? kind, string status, decimal? won,
        DateTimeOffset at, DateTimeOffset? closed) =>
        company.Files.Referral.Row()
            .Text("referral_id", id).Text("customer_id", by.Id).Text("contact_id", Versions.ContactIdOf(by, 0)).Text("referred_customer_id", referred?.Id)
            .Text("referral_type", type).Text("reference_kind", kind).Text("status", status).Text("currency", won is null ? null : referred!.Currency)
            .Amount("won_amount", won).Instant("given_at", at).Instant("closed_at", closed).Instant("updated_at", closed ?? at).End();
}
