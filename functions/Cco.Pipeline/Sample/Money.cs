namespace Cco.Pipeline.Sample;

/// <summary>Amounts in the currencies of the sample company; always decimals.</summary>
internal static class Money
{
    public static readonly string[] Currencies = ["USD", "EUR", "JPY"];

    /// <summary>Digits of the minor unit by ISO 4217.</summary>
    public static int Digits(string currency) => currency == "JPY" ? 0 : 2;

    public static decimal Round(decimal amount, string currency) => decimal.Round(amount, Digits(currency), MidpointRounding.ToEven);

    /// <summary>What is asked in a currency for something at a price in dollars: a fixed list price, not a conversion.</summary>
    public static decimal Local(decimal dollars, string currency) => currency switch
    {
        "EUR" => decimal.Round(dollars * 0.92m, dollars < 100 ? 1 : 0, MidpointRounding.AwayFromZero),
        "JPY" => decimal.Round(dollars * 1.5m, 0, MidpointRounding.AwayFromZero) * 100,
        _ => dollars,
    };

    /// <summary>A rate with four digits: what comes out of the generator is never money by itself.</summary>
    public static decimal Rate(double rate) => decimal.Round((decimal)rate, 4);
}
