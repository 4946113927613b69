using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Cli;

/// <summary>The KPIs of the whole company, each in its latest complete period.</summary>
internal static class KpiOverview
{
    private const string Latest =
        """
        select definition.title, score.kpi, score.period_type, score.period_start, score.currency, score.value, score.unit, score.n, score.target, score.status
        from fct_kpi as score
        left join (select distinct kpi, title from fct_kpi) as definition using (kpi)
        where score.segment_dimension = 'all' and score.is_complete and score.value is not null
        qualify row_number() over (
            partition by score.kpi, score.currency, score.period_type order by score.period_start desc
        ) = 1
        order by score.kpi, score.currency, score.period_type
        """;

    public static IReadOnlyList<KpiLine> Read(MartReader marts, CancellationToken cancellationToken) =>
        [.. marts.Query(Latest, cancellationToken).Rows.Select(row => new KpiLine(
            (string)row[0]!, (string)row[1]!, (string)row[2]!, CsvText.Plain(row[3]), (string?)row[4], (double)row[5]!, (string)row[6]!, (long?)row[7], (double?)row[8], (string)row[9]!))];

    public static void Print(IAnsiConsole console, IReadOnlyList<KpiLine> kpis)
    {
        var table = Output.Table("KPI", "Period", "Value#", "n#", "Target#", "");
        foreach (var kpi in kpis)
        {
            Output.Row(table, kpi.Title, Period(kpi), Value(kpi.Value, kpi), $"{kpi.N:N0}", kpi.Target is { } target ? Value(target, kpi) : "-", kpi.Status.Replace('_', ' '));
        }

        console.Write(table);
    }

    private static string Period(KpiLine kpi) => kpi.PeriodType switch
    {
        "month" => kpi.PeriodStart[..7],
        "quarter" => $"quarter from {kpi.PeriodStart[..7]}",
        "trailing_12_months" => $"12 months from {kpi.PeriodStart[..7]}",
        _ => $"{kpi.PeriodType.Replace('_', ' ')} from {kpi.PeriodStart[..7]}",
    };

    private static string Value(double value, KpiLine kpi) => kpi.Unit switch
    {
        "ratio" => $"{value:P1}",
        "money" => $"{value:N0} {kpi.Currency}",
        "points" => $"{value:+0.0;-0.0;0.0}",
        "count" => $"{value:N0}",
        _ => $"{value:N2}",
    };
}

/// <summary>A KPI in a period, for display.</summary>
internal sealed record KpiLine(
    string Title, string Kpi, string PeriodType, string PeriodStart, string? Currency, double Value, string Unit, long? N, double? Target, string Status);
