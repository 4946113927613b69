using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>Amounts in the reporting currency, by the latest rate on or before a day.</summary>
/// <remarks>
/// Decision "Exchange rates": a rate that is given comes before one that is turned round, and both before a way through a third currency, the
/// first of the alphabet that leads there; what is turned round or multiplied is rounded to the eight decimals of a rate.
/// </remarks>
internal sealed class CurrencyTable(IReadOnlyList<ExchangeRate> rates, string reportingCurrency, ReportingClock clock)
{
    private readonly Dictionary<(string, string), ExchangeRate[]> pairs = rates
        .GroupBy(rate => (rate.FromCurrency, rate.ToCurrency))
        .ToDictionary(pair => pair.Key, pair => pair.OrderBy(rate => rate.RateDate).ToArray());

    /// <summary>What an amount is worth by the rates of a month's end.</summary>
    public decimal AtEndOf(int month, decimal amount, string currency) => currency == reportingCurrency || amount == 0
        ? amount
        : ExactMoney.Rounded(amount * Rate(currency, clock.RateDay(month)));

    private decimal Rate(string currency, DateOnly day) =>
        Direct(currency, reportingCurrency, day)
        ?? Through(currency, day)
        ?? throw new InvalidOperationException($"There is no rate from {currency} to {reportingCurrency} on or before {day}.");

    private decimal? Direct(string from, string to, DateOnly day) =>
        Latest(from, to, day) ?? (Latest(to, from, day) is { } other ? Math.Round(1 / other, 8, MidpointRounding.ToEven) : null);

    private decimal? Through(string currency, DateOnly day) => pairs.Keys
        .SelectMany(pair => new[] { pair.Item1, pair.Item2 })
        .Distinct()
        .Order(StringComparer.Ordinal)
        .Select(middle => Direct(currency, middle, day) * Direct(middle, reportingCurrency, day))
        .FirstOrDefault(rate => rate is not null) is { } found ? Math.Round(found, 8, MidpointRounding.ToEven) : null;

    private decimal? Latest(string from, string to, DateOnly day) =>
        pairs.TryGetValue((from, to), out var quoted) ? quoted.LastOrDefault(rate => rate.RateDate <= day)?.Rate : null;
}
