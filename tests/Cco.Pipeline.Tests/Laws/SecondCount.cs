using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Tests.Laws.Oracle;

namespace Cco.Pipeline.Tests.Laws;

/// <summary>Holds what the models made of a world against what <see cref="RevenueOracle"/> makes of its companies.</summary>
internal static class SecondCount
{
    public static readonly IReadOnlyList<string> Marts = ["fct_customer_month", "fct_mrr_movement", "fct_revenue_item", "fct_revenue_retention"];

    /// <summary>Where the two differ, with the records of a company where they do; empty where they agree to the last digit.</summary>
    public static string Difference(LawWorld world)
    {
        var clock = new ReportingClock(world.Books.Settings, world.Books.AsOf);
        var oracles = world.Books.Companies.ToDictionary(company => company.Number, company => new RevenueOracle(world.Books, company));
        var differences = Compare("MRR", oracles.Values.SelectMany(oracle => oracle.Revenue()).Where(row => row.MrrNative != 0).Select(row => Text(row, clock)), world.Query(
            """
            select customer_key, month_start, native_currency, mrr_amount, committed_mrr_amount, mrr_amount_native
            from fct_customer_month
            where mrr_amount_native <> 0
            """))
            .Concat(Compare("movement", oracles.Values.SelectMany(oracle => oracle.Movements()).Select(row => Text(row, clock)), world.Query(
                """
                select customer_key, month_start, native_currency, movement_type, cast(sum(movement_amount) as decimal(18, 4)) as amount
                from fct_mrr_movement
                group by all
                having amount <> 0
                """)))
            .Concat(Compare("item", oracles.Values.SelectMany(oracle => oracle.Items()).Select(Text), world.Query(
                "select item_id, exclusion_reason, mrr_amount_native from fct_revenue_item")))
            .Concat(Compare("retention", Segments(oracles.Values.SelectMany(oracle => oracle.Retention()), clock), world.Query(
                """
                select
                    period_type, period_start, period_end, segment_dimension, segment_value, customer_count, retained_customer_count,
                    opening_mrr_amount, closing_mrr_amount, retained_mrr_amount
                from fct_revenue_retention
                where customer_count > 0 and segment_dimension in ('all', 'segment', 'region', 'acquisition_cohort')
                """)))
            .ToList();
        return string.Concat(differences.Concat(Records(world.Books, differences)).Select(line => $"\n{line}"));
    }

    /// <summary>The records of the first company that differs.</summary>
    private static IEnumerable<string> Records(Books books, List<string> differences)
    {
        var company = books.Companies.FirstOrDefault(company => differences.Exists(line => line.Contains($"c{company.Number}_", StringComparison.Ordinal)));
        return company is null ? [] : (books with { Companies = [company], Market = new Market([], [], [], []) }).Files().SelectMany(file => file.Value);
    }

    private static IEnumerable<string> Compare(string what, IEnumerable<string> second, IReadOnlyList<string> models)
    {
        var counted = second.ToList();
        return counted.Except(models, StringComparer.Ordinal).Select(line => $"{what} {line} is missing in the models")
            .Concat(models.Except(counted, StringComparer.Ordinal).Select(line => $"{what} {line} is in the models alone"))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Sums over customers and their quotients' parts, as the retention mart has them.</summary>
    private static IEnumerable<string> Segments(IEnumerable<Retained> customers, ReportingClock clock) => customers
        .SelectMany(customer => new (Retained Customer, string Dimension, string Value)[]
        {
            (customer, "all", "all"),
            (customer, "segment", customer.Segment),
            (customer, "region", customer.Region),
            (customer, "acquisition_cohort", customer.Cohort is { } month ? $"{month / 12:0000}-{(month % 12) + 1:00}" : "unknown"),
        })
        .GroupBy(row => (row.Customer.PeriodType, row.Customer.Start, row.Customer.End, row.Dimension, row.Value))
        .Select(rows =>
        {
            var members = rows.Select(row => row.Customer).ToList();
            return string.Join(
                '|',
                rows.Key.PeriodType,
                Day(rows.Key.Start, clock),
                Day(rows.Key.End, clock),
                rows.Key.Dimension,
                rows.Key.Value,
                members.Count,
                members.Count(customer => customer.Closing > 0),
                Money(members.Sum(customer => customer.Opening)),
                Money(members.Sum(customer => customer.Closing)),
                Money(members.Sum(customer => Math.Min(customer.Opening, customer.Closing))));
        });

    private static string Text(MonthlyRevenue row, ReportingClock clock) =>
        string.Join('|', Key(row.Customer), Day(row.Month, clock), row.Currency, Money(row.Mrr), Money(row.CommittedMrr), Money(row.MrrNative));

    private static string Text(Movement row, ReportingClock clock) => string.Join('|', Key(row.Customer), Day(row.Month, clock), row.Currency, row.Type, Money(row.Amount));

    private static string Text(Listed row) => string.Join('|', row.Item, row.Reason, Money(row.MrrNative));

    private static string Key(string customer) => $"file:{customer}";

    private static string Day(int month, ReportingClock clock) => $"{clock.Start(month):yyyy-MM-dd}";

    private static string Money(decimal amount) => $"{amount:0.0000}";
}
