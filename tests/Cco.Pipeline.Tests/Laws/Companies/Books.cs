using System.Text.Json;
using Cco.Pipeline.Tests.Laws.Oracle;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Some small companies and the settings that their numbers are made by: the input of one build.</summary>
internal sealed record Books(KpiOptions Settings, DateOnly AsOf, Market Market, IReadOnlyList<SmallCompany> Companies)
{
    /// <summary>The books of one of the worlds that the laws are tried in: each has its own settings and companies.</summary>
    public static Books OfWorld(int world, int companies)
    {
        var (kpis, asOf) = WorldSettings.All[world % WorldSettings.All.Count];
        return Of(kpis, asOf, CompanyTraits.Any, world * 1000, companies);
    }

    /// <summary>The books of companies by their numbers; equal numbers make equal companies.</summary>
    public static Books Of(KpiOptions settings, DateOnly asOf, CompanyTraits traits, int firstNumber, int count) => new(
        settings,
        asOf,
        Markets.Between(asOf.AddMonths(-40), asOf, new ReportingClock(settings, asOf)).Numbered(0),
        [.. Enumerable.Range(firstNumber, count).Select(number => new SmallCompanies(number, asOf, traits).Any.Numbered(number))]);

    /// <summary>The CSV files of the entities, by entity, with a header each.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Files() => new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["customer"] = Lines(Companies.SelectMany(company => company.Customers)),
        ["customer_merge"] = Lines(Companies.SelectMany(company => company.Merges)),
        ["subscription_item"] = Lines(Companies.SelectMany(company => company.Items)),
        ["discount"] = Lines(Companies.SelectMany(company => company.Discounts)),
        ["invoice_line"] = Lines(Companies.SelectMany(company => company.Lines)),
        ["product"] = Lines(Market.Products),
        ["plan"] = Lines(Market.Plans),
        ["exchange_rate"] = Lines(Market.Rates),
        ["missing_load"] = Lines(Market.MissingLoads),
    };

    private static IReadOnlyList<string> Lines<T>(IEnumerable<T> rows)
    {
        var columns = typeof(T).GetProperties();
        return
        [
            string.Join(',', columns.Select(column => JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Name))),
            .. rows.Select(row => string.Join(',', columns.Select(column => Text(column.GetValue(row))))),
        ];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.ffffff"),
        DateOnly day => day.ToString("yyyy-MM-dd"),
        bool flag => flag ? "true" : "false",
        _ => value.ToString()!,
    };
}
