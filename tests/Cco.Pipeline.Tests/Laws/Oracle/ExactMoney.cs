namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>An item's monthly amount is rounded once, half to even, to four decimals; from there on everything is exact addition.</summary>
internal static class ExactMoney
{
    /// <summary>What an amount for a billing interval is worth a month: 1/n for every n months, 1/(12 n) years, 52/(12 n) weeks, 365/(12 n) days.</summary>
    public static decimal Monthly(decimal amount, string interval, int count) => Rounded(interval switch
    {
        "month" => amount / count,
        "year" => amount / (12 * count),
        "week" => amount * 52 / (12 * count),
        "day" => amount * 365 / (12 * count),
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "Intervals are day, week, month and year."),
    });

    public static decimal Rounded(decimal amount) => Math.Round(amount, 4, MidpointRounding.ToEven);
}
