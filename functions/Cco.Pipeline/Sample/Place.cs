namespace Cco.Pipeline.Sample;

/// <summary>Where a customer is, and what follows from it. Sales tax is a line of its own on invoices, value added tax is on each line.</summary>
internal sealed record Place(
    string Country, string Region, string Currency, string TimeZone, string Language, decimal TaxRate, bool IsTaxOnItsOwnLine)
{
    public static readonly string[] Regions = ["AMER", "EMEA", "APAC"];

    private static readonly Place[] All =
    [
        new("US", "AMER", "USD", "America/New_York", "en-US", 0.0625m, true),
        new("US", "AMER", "USD", "America/Chicago", "en-US", 0.0725m, true),
        new("US", "AMER", "USD", "America/Los_Angeles", "en-US", 0.0825m, true),
        new("CA", "AMER", "USD", "America/Toronto", "en-CA", 0m, false),
        new("BR", "AMER", "USD", "America/Sao_Paulo", "pt-BR", 0m, false),
        new("DE", "EMEA", "EUR", "Europe/Berlin", "de", 0.19m, false),
        new("FR", "EMEA", "EUR", "Europe/Paris", "fr", 0.2m, false),
        new("NL", "EMEA", "EUR", "Europe/Amsterdam", "nl", 0.21m, false),
        new("ES", "EMEA", "EUR", "Europe/Madrid", "es", 0.21m, false),
        new("IT", "EMEA", "EUR", "Europe/Rome", "it", 0.22m, false),
        new("JP", "APAC", "JPY", "Asia/Tokyo", "ja", 0.1m, false),
        new("AU", "APAC", "USD", "Australia/Sydney", "en-AU", 0.1m, false),
        new("SG", "APAC", "USD", "Asia/Singapore", "en-SG", 0.09m, false),
    ];

    public static Place Of(Prng prng) => All[prng.Weighted(14, 9, 10, 5, 3, 12, 9, 5, 5, 5, 15, 5, 3)];
}
