using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Cli;

/// <summary>The KPIs of the whole company on one page: each in its latest complete period, beside the one before it.</summary>
internal static class KpiOverview
{
    private const string Latest =
        """
        with

        scores as (
            select
                dim_kpi.sort_number,
                dim_kpi.title,
                fct_kpi.*,
                row_number() over (partition by fct_kpi.kpi order by fct_kpi.period_start desc) as age
            from fct_kpi
            inner join dim_kpi using (kpi)
            where fct_kpi.segment_dimension = 'all'
                and fct_kpi.is_complete
                and fct_kpi.period_type = coalesce(
                    dim_kpi.target_period,
                    case dim_kpi.model_name
                        when 'fct_revenue_retention' then 'trailing_12_months'
                        when 'fct_renewal_rate' then 'trailing_12_months'
                        when 'fct_services_margin' then 'trailing_12_months'
                        when 'fct_survey_score' then 'quarter'
                        else 'month'
                    end
                )
        )

        select
            latest.title, latest.kpi, latest.period_type, latest.period_start, latest.period_end,
            last_day.fiscal_month_label, latest.currency, latest.value, earlier.value, latest.unit, latest.n, latest.target_value, latest.status
        from scores as latest
        left join scores as earlier on latest.kpi = earlier.kpi and latest.period_start = earlier.period_end
        left join dim_date as last_day on latest.period_end = last_day.calendar_date + 1
        where latest.age = 1
        order by latest.sort_number
        """;

    public static IReadOnlyList<KpiLine> Read(MartReader marts, CancellationToken cancellationToken) =>
        [.. marts.Query(Latest, cancellationToken).Rows.Select(row => new KpiLine(
            (string)row[0]!, (string)row[1]!, (string)row[2]!, (DateOnly)row[3]!, (DateOnly)row[4]!, (string)row[5]!, (string?)row[6], (double?)row[7],
            (double?)row[8], (string)row[9]!, (long)row[10]!, (double?)row[11], (string)row[12]!))];

    public static void Print(IAnsiConsole console, IReadOnlyList<KpiLine> kpis)
    {
        var table = Output.Table("KPI…", "Period#", "Value#", "", "Before#", "Target#", "", "n#");
        foreach (var kpi in kpis)
        {
            table.AddRow(
                Markup.Escape(kpi.Title),
                Period(kpi),
                Value(kpi.Value, kpi.Unit),
                kpi.Unit == "money" ? kpi.Currency ?? "" : "",
                Value(kpi.ValueBefore, kpi.Unit),
                kpi.Target is null ? "" : Value(kpi.Target, kpi.Unit),
                kpi.Status switch { "on_target" => "[green]met[/]", "off_target" => "[red]missed[/]", _ => "" },
                $"{kpi.N:N0}");
        }

        console.Write(table);
    }

    /// <summary>The last month of the period, and how many months it has.</summary>
    private static string Period(KpiLine kpi) => kpi.PeriodType switch
    {
        "month" => kpi.LastMonth,
        "quarter" => $"3 m to {kpi.LastMonth}",
        _ => $"12 m to {kpi.LastMonth}",
    };

    /// <summary>A value in the form of its unit.</summary>
    public static string Value(double? value, string unit) => (value, unit) switch
    {
        (null, _) => "-",
        (_, "ratio") => $"{value:0.0 %}",
        (_, "money" or "count") => $"{value:N0}",
        (_, "points") => $"{value:+0.0;-0.0;0.0}",
        _ => $"{value:0.00}",
    };
}

/// <summary>A KPI in a period, for display.</summary>
internal sealed record KpiLine(
    string Title, string Kpi, string PeriodType, DateOnly PeriodStart, DateOnly PeriodEnd, string LastMonth, string? Currency, double? Value,
    double? ValueBefore, string Unit, long N, double? Target, string Status);
