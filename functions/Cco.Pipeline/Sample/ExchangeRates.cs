namespace Cco.Pipeline.Sample;

/// <summary>Rates of the euro for each working day, as the European Central Bank gives them, which wander slowly around a level.</summary>
internal static class ExchangeRates
{
    /// <summary>Rates begin before the history does, so that its first day has an opening rate.</summary>
    private const int DaysBefore = 35;

    /// <summary>Each rate with as many digits as the bank publishes.</summary>
    private static readonly (string Currency, decimal Level, int Digits)[] Levels = [("USD", 1.09m, 4), ("JPY", 162.5m, 2)];

    public static void Write(Company company)
    {
        foreach (var (currency, level, digits) in Levels)
        {
            var prng = company.Numbers($"rate {currency}", 0);
            var rate = level;
            for (var day = company.Calendar.Start.AddDays(-DaysBefore); day < company.Calendar.End; day = day.AddDays(1))
            {
                if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                {
                    rate = decimal.Round(rate + (rate * 0.004m * Money.Rate(prng.Bell())) + ((level - rate) * 0.01m), digits);
                    company.Files.ExchangeRate.Row().Day("rate_date", day).Text("from_currency", "EUR").Text("to_currency", currency).Amount("rate", rate).End();
                }
            }
        }
    }
}
