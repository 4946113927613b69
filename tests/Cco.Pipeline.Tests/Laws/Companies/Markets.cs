using Cco.Pipeline.Tests.Laws.Oracle;
using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>One price list, and exchange rates that jump: all currencies are quoted against EUR, and USD against JPY as well.</summary>
internal static class Markets
{
    public static readonly IReadOnlyList<string> Currencies = ["USD", "EUR", "JPY", "BHD"];

    private static readonly Product[] Products =
    [
        new("core", "suite"),
        new("addon", "suite"),
        new("training", null),
        new("archive", "storage"),
    ];

    private static readonly Plan[] Plans =
    [
        new("core_basic", "core", "basic", false),
        new("core_pro", "core", "pro", false),
        new("core_pro_2026", "core", "pro", false),
        new("addon", "addon", null, false),
        new("archive", "archive", "basic", false),
        new("community", "core", "free", true),
        new("loose", null, null, false),
    ];

    private static readonly Gen<int> DaysUntilTheNext = Gen.Frequency((3, Gen.Int[1, 6]), (3, Gen.Int[20, 45]), (1, Gen.Const(1)));

    public static Gen<Market> Between(DateOnly first, DateOnly last, ReportingClock clock) =>
        from euroInDollars in Rates("EUR", "USD", 1.05m, 1.25m, first, last)
        from euroInYen in Rates("EUR", "JPY", 130m, 175m, first, last)
        from euroInDinars in Rates("EUR", "BHD", 0.39m, 0.47m, first, last)
        from dollarInYen in Rates("USD", "JPY", 110.5m, 158.25m, first, last)
        from missing in MissingLoads(first, last.AddDays(-1), clock)
        select new Market(Products, Plans, [.. euroInDollars, .. euroInYen, .. euroInDinars, .. dollarInYen], missing);

    /// <summary>The last month, and some before it, of which some came after all.</summary>
    private static Gen<MissingLoad[]> MissingLoads(DateOnly first, DateOnly last, ReportingClock clock) => Draws
        .Each(Enumerable.Range(MonthOf(first, clock), MonthOf(last, clock) - MonthOf(first, clock)), month =>
            from isMissing in Gen.Frequency((6, false), (1, true))
            from isWithdrawn in Gen.Frequency((4, false), (1, true))
            select (IsMissing: isMissing, Load: new MissingLoad(
                Start(month, clock), isWithdrawn ? last.ToDateTime(TimeOnly.MinValue) : null)))
        .Select(months => months.Where(month => month.IsMissing).Select(month => month.Load)
            .Append(new MissingLoad(Start(MonthOf(last, clock), clock), null)).ToArray());

    private static int MonthOf(DateOnly day, ReportingClock clock) => clock.MonthOf(day.ToDateTime(TimeOnly.MinValue));

    private static DateOnly Start(int month, ReportingClock clock) => DateOnly.FromDateTime(clock.Start(month));

    private static Gen<IEnumerable<ExchangeRate>> Rates(string currency, string other, decimal low, decimal high, DateOnly first, DateOnly last) =>
        from gaps in DaysUntilTheNext.Array[(last.DayNumber - first.DayNumber) / 8]
        from heights in Gen.Int[0, 10_000].Array[gaps.Length]
        select gaps
            .Zip(heights, (gap, height) => (Gap: gap, Rate: Math.Round(low + ((high - low) * height / 10_007m), 8)))
            .Aggregate(
                (Day: first, Rates: Enumerable.Empty<ExchangeRate>()),
                (sum, next) => (sum.Day.AddDays(next.Gap), sum.Rates.Append(new ExchangeRate(sum.Day, currency, other, next.Rate))))
            .Rates;
}
