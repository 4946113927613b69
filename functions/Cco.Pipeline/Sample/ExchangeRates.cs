namespace Cco.Pipeline.Sample;

/// <summary>Rates to the dollar for each working day, which wander slowly around a level.</summary>
internal static class ExchangeRates
{
    /// <summary>Rates begin before the history does, so that its first day has an opening rate.</summary>
    private const int DaysBefore = 35;

    private static readonly (string Currency, decimal Level)[] Levels = [("EUR", 1.09m), ("JPY", 0.0067m)];

    public static void Write(Company company)
    {
        foreach (var (currency, level) in Levels)
        {
            var prng = company.Numbers($"rate {currency}", 0);
            var rate = level;
            for (var day = company.Calendar.Start.AddDays(-DaysBefore); day < company.Calendar.End; day = day.AddDays(1))
            {
                if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                {
                    rate = decimal.Round(rate + (rate * 0.004m * Money.Rate(prng.Bell())) + ((level - rate) * 0.01m), 8);
                    company.Files.ExchangeRate.Row().Day("rate_date", day).Text("from_currency", currency).Text("to_currency", "USD").Amount("rate", rate).End();
                }
            }
        }
    }
}
