namespace Cco.Pipeline.Sample;

/// <summary>
/// Use of the product on sampled days, the same for all customers: the second Wednesday of each month, and every Wednesday of the
/// last 13 weeks. It falls in the three months before a customer leaves by its own choice.
/// </summary>
internal static class Usage
{
    private const int DenseDays = 91;

    public static void Write(Company company, CustomerLife life)
    {
        var prng = company.Numbers("usage", life.Profile.Index);
        var day = life.Anchor.AddDays((DayOfWeek.Wednesday - life.Anchor.DayOfWeek + 7) % 7);
        for (; day < company.Calendar.End; day = day.AddDays(7))
        {
            var isSampled = day.Day is > 7 and <= 14 || day >= company.Calendar.End.AddDays(-DenseDays);
            if (isSampled && life.MonthOf(day) is var month && life.IsServedIn(month))
            {
                Write(company, life, prng, day, month);
            }
        }
    }

    private static void Write(Company company, CustomerLife life, Prng prng, DateOnly day, int month)
    {
        var share = Math.Clamp((0.55 + (0.3 * life.Mood[month]) + (0.08 * prng.Bell())) * life.Engagement(month) * Calendar.DemandIn(day), 0, 1);
        var users = (int)((life.SeatsIn(month) * share) + prng.Unit());
        if (users > 0 || prng.Chance(0.3))
        {
            company.Files.UsageDay.Row()
                .Text("customer_id", life.Profile.Id).Day("usage_date", day).Text("product_id", Product.Core.Id).Text("metric", "sessions")
                .Number("quantity", users * prng.Between(2, 6)).Number("active_user_count", users).End();
        }
    }
}
